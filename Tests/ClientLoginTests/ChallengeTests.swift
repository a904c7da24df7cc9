import ClientLogin
import Testing

@Suite("What a gateway asks of somebody without a token")
struct ChallengeTests {
    @Test(
        arguments: [
            (
                #"Bearer resource_metadata="https://gw.example/.well-known/x", scope="a:read b:read""#,
                ["resource_metadata": "https://gw.example/.well-known/x", "scope": "a:read b:read"]
            ),
            ("bearer  error=invalid_token,SCOPE=a", ["error": "invalid_token", "scope": "a"]),
            (
                #"Bearer error_description="say \"no\", or\\", scope="x""#,
                ["error_description": #"say "no", or\"#, "scope": "x"]
            ),
            ("Bearer", [:]), ("", [:]), ("Basic realm=\"x\"", [:]), ("Bearer scope", [:]),
            (#"Bearer scope="open"#, ["scope": "open"]),
            ("Bearer =x, scope=a", [:]),
        ] as [(String, [String: String])]
    )
    func `is read by name`(_ field: String, _ parameters: [String: String]) {
        #expect(ChallengeParameters.read(field) == parameters)
    }
}

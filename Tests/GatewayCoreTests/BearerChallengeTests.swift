import GatewayCore
import Testing

@Suite struct BearerChallengeTests {
    private let challenge = BearerChallenge(
        metadataURL: "https://gw.example/.well-known/oauth-protected-resource/mcp",
        baselineScopes: ["atlas:read", "epic:read"]
    )

    @Test func `without a token there is no error`() {
        #expect(
            challenge.missingToken
                == #"Bearer resource_metadata="https://gw.example/.well-known/oauth-protected-resource/mcp", scope="atlas:read epic:read""#
        )
    }

    @Test func `a refused token gets a fixed description`() {
        #expect(
            challenge.invalidToken(.expired)
                == #"Bearer error="invalid_token", error_description="The access token has expired.", resource_metadata="https://gw.example/.well-known/oauth-protected-resource/mcp", scope="atlas:read epic:read""#
        )
    }

    @Test(arguments: TokenRefusal.allCases)
    func `no description says which check failed beyond what a client can use`(refusal: TokenRefusal) {
        let description = refusal.errorDescription
        #expect(description.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
        #expect(description.hasSuffix("."))
        if ![.expired, .notYetValid, .audience, .revoked, .keysUnavailable, .grantsUnavailable].contains(refusal) {
            #expect(description == TokenRefusal.malformed.errorDescription)
        }
    }

    @Test func `missing scopes are asked for all at once`() {
        #expect(
            challenge.insufficient(StepUp(scopes: ["epic:read", "epic:write"]))
                == #"Bearer error="insufficient_scope", error_description="The call needs more scopes.", scope="epic:read epic:write", resource_metadata="https://gw.example/.well-known/oauth-protected-resource/mcp""#
        )
    }

    @Test func `an old login is named with its greatest age`() {
        #expect(
            challenge.insufficient(StepUp(scopes: ["epic:write"], maximumAuthenticationAge: 3600))
                == #"Bearer error="insufficient_user_authentication", error_description="The call needs a more recent login.", max_age="3600", scope="epic:write", resource_metadata="https://gw.example/.well-known/oauth-protected-resource/mcp""#
        )
    }

    @Test func `nothing can end the value or the field`() {
        let odd = BearerChallenge(metadataURL: "https://x/\"\\\r\nSet-Cookie: a=b\u{E9}", baselineScopes: [])
        #expect(odd.missingToken == #"Bearer resource_metadata="https://x/\"\\Set-Cookie: a=b""#)
        #expect(BearerChallenge(metadataURL: "", baselineScopes: []).missingToken == "Bearer")
    }
}

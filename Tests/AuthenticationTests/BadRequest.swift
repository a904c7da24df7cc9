import JSON
import TestSupport

/// A request whose credentials are not where or what they must be, and how it is answered.
struct BadRequest: Sendable, CustomStringConvertible {
    let description: String
    let answer: RefusedAnswer
    /// Spoils a good request that has no token yet; the token is a good one.
    let spoil: @Sendable (inout WireRequest, _ token: String) -> Void

    private static func field(
        _ description: String,
        _ answer: RefusedAnswer,
        _ lines: @escaping @Sendable (String) -> [String]
    ) -> BadRequest {
        BadRequest(description: description, answer: answer) { $0.fields += lines($1) }
    }

    private static func request(
        _ description: String,
        _ answer: RefusedAnswer,
        _ spoil: @escaping @Sendable (inout WireRequest, String) -> Void
    ) -> BadRequest {
        BadRequest(description: description, answer: answer, spoil: spoil)
    }

    private static let refused = RefusedAnswer(status: 400, challenge: .none)

    static let all: [BadRequest] = schemes + places + doubles + bytes + methods

    private static let schemes: [BadRequest] = [
        field("no credentials", .anonymous) { _ in [] },
        field("an empty field", .anonymous) { _ in ["Authorization:"] },
        field("a token without a scheme", .anonymous) { ["Authorization: \($0)"] },
        field("the scheme without a space", .anonymous) { ["Authorization: Bearer\($0)"] },
        field("a tab after the scheme", .anonymous) { ["Authorization: Bearer\t\($0)"] },
        field("a colon after the scheme", .anonymous) { ["Authorization: Bearer: \($0)"] },
        field("an equals sign after the scheme", .anonymous) { ["Authorization: Bearer=\($0)"] },
        field("the scheme of proofs", .anonymous) { ["Authorization: DPoP \($0)"] },
        field("the scheme of passwords", .anonymous) { _ in ["Authorization: Basic YWRhOmFkYQ=="] },
        field("a token as a password", .anonymous) { ["Authorization: Basic \($0)"] },
        field("the scheme Token", .anonymous) { ["Authorization: Token \($0)"] },
        field("the scheme JWT", .anonymous) { ["Authorization: JWT \($0)"] },
        field("a scheme that begins like ours", .anonymous) { ["Authorization: Bearer2 \($0)"] },
        field("a scheme in other letters", .anonymous) { ["Authorization: B\u{435}arer \($0)"] },
        field("Digest", .anonymous) { _ in [#"Authorization: Digest username="ada", response="x""#] },
        field("Negotiate", .anonymous) { _ in ["Authorization: Negotiate YII="] },
        field("the scheme alone", .invalid) { _ in ["Authorization: Bearer"] },
        field("the scheme and spaces", .invalid) { _ in ["Authorization: Bearer    "] },
        field("quotes around the token", .invalid) { ["Authorization: Bearer \"\($0)\""] },
        field("the token as a parameter", .invalid) { ["Authorization: Bearer token=\"\($0)\""] },
        field("parameters behind the token", .invalid) { ["Authorization: Bearer \($0), realm=\"x\""] },
        field("the scheme twice", .invalid) { ["Authorization: Bearer Bearer \($0)"] },
        field("the word null", .invalid) { _ in ["Authorization: Bearer null"] },
        field("the word undefined", .invalid) { _ in ["Authorization: Bearer undefined"] },
        field("a placeholder", .invalid) { _ in ["Authorization: Bearer ${TOKEN}"] },
        field("an unknown key of the gateway", .invalid) { _ in ["Authorization: Bearer beam_sk_bots_x"] },
        field("a refresh token of the gateway", .invalid) { _ in ["Authorization: Bearer beam_rt_x"] },
    ]

    private static let places: [BadRequest] = [
        request("the token in the query", .anonymous) { $0.path += "?access_token=\($1)" },
        request("the token in the query, escaped", .anonymous) { $0.path += "?access%5Ftoken=\($1)" },
        request("the token in the body", .anonymous) { request, token in
            request.fields = request.fields.filter { !$0.hasPrefix("Content-Type") }
            request.fields.append("Content-Type: application/x-www-form-urlencoded")
            request.body = Array("access_token=\(token)".utf8)
        },
        request("the token in the message", .anonymous) {
            $0.body = Array(
                #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"authorization":"Bearer \#($1)"}}}"#
                    .utf8
            )
        },
        field("the token in a cookie", .anonymous) { ["Cookie: access_token=\($0); Authorization=Bearer \($0)"] },
        field("the token of another field", .anonymous) { ["X-Auth-Token: \($0)"] },
        field("the token for a proxy", .anonymous) { ["Proxy-Authorization: Bearer \($0)"] },
        field("the token as a forwarded one", .anonymous) { ["X-Forwarded-Authorization: Bearer \($0)"] },
        field("the token as an API key", .anonymous) { ["X-API-Key: \($0)"] },
        field("a user of a proxy", .anonymous) { _ in ["X-Remote-User: ada", "Remote-User: ada"] },
        field("a user of a proxy with groups", .anonymous) { _ in
            ["X-Forwarded-User: ada", "X-Forwarded-Groups: members", "X-Auth-Request-User: ada"]
        },
        field("a certificate of a proxy", .anonymous) { _ in
            ["SSL-Client-Verify: SUCCESS", "X-SSL-Client-S-DN: CN=ada"]
        },
        field("an address of this machine", .anonymous) { _ in
            ["X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1;proto=https"]
        },
        field("the token in a trailer", .anonymous) { _ in ["Trailer: Authorization"] },
    ]

    private static let doubles: [BadRequest] = [
        field("the same field twice", .malformed) { ["Authorization: Bearer \($0)", "Authorization: Bearer \($0)"] },
        field("a good token and a bad one", .malformed) { ["Authorization: Bearer \($0)", "Authorization: Bearer x"] },
        field("a bad token and a good one", .malformed) { ["Authorization: Bearer x", "Authorization: Bearer \($0)"] },
        field("a token and a password", .malformed) {
            ["Authorization: Bearer \($0)", "Authorization: Basic YWRhOmFkYQ=="]
        },
        field("a password and a token", .malformed) {
            ["Authorization: Basic YWRhOmFkYQ==", "Authorization: Bearer \($0)"]
        },
        field("names in other cases", .malformed) { ["authorization: Bearer \($0)", "AUTHORIZATION: Bearer \($0)"] },
        field("an empty field and a token", .malformed) { ["Authorization:", "Authorization: Bearer \($0)"] },
        field("three fields", .malformed) { token in (0..<3).map { _ in "Authorization: Bearer \(token)" } },
        field("two tokens in one field", .invalid) { ["Authorization: Bearer \($0), Bearer \($0)"] },
        request("a field and a query", .malformed) {
            $0.fields.append("Authorization: Bearer \($1)")
            $0.path += "?access_token=\($1)"
        },
        request("a field and an empty query", .malformed) {
            $0.fields.append("Authorization: Bearer \($1)")
            $0.path += "?access_token"
        },
        request("a field and a query in capitals", .malformed) {
            $0.fields.append("Authorization: Bearer \($1)")
            $0.path += "?x=1&ACCESS_TOKEN=y"
        },
    ]

    private static let bytes: [BadRequest] = [
        field("a zero byte", refused) { ["Authorization: Bearer \($0)\u{0}"] },
        field("a line feed in the token", refused) { ["Authorization: Bearer \($0)\n x"] },
        field("a folded field", refused) { ["Authorization: Bearer\r\n \($0)"] },
        field("a space before the colon", refused) { ["Authorization : Bearer \($0)"] },
        field("letters outside ASCII behind the token", .invalid) { ["Authorization: Bearer \($0)\u{E9}"] },
        field("full-width letters", .invalid) { _ in ["Authorization: Bearer \u{FF41}.\u{FF42}.\u{FF43}"] },
        field("no-break spaces", .invalid) { ["Authorization: Bearer \u{A0}\($0)"] },
        field("a token of 12 KB", .invalid) { _ in ["Authorization: Bearer " + String(repeating: "a", count: 12_000)] },
        field("12 KB of dots", .invalid) { _ in ["Authorization: Bearer " + String(repeating: ".", count: 12_000)] },
        field("a field of 20 KB", RefusedAnswer(status: 431, challenge: .none)) { _ in
            ["Authorization: Bearer " + String(repeating: "a", count: 20_000)]
        },
        field("a percent-encoded token", .invalid) { ["Authorization: Bearer " + $0.replacing(".", with: "%2E")] },
        field("a token in base64", .invalid) { _ in ["Authorization: Bearer YS5iLmM="] },
    ]

    private static let methods: [BadRequest] = [
        request("GET without a token", .anonymous) { request, _ in
            request.method = "GET"
            request.body = []
        },
        request("DELETE without a token", .anonymous) { request, _ in
            request.method = "DELETE"
            request.body = []
        },
        request("an unknown method without a token", .anonymous) { request, _ in request.method = "PATCH" },
        request("an experiment's path without a token", .anonymous) { request, _ in request.path = "/mcp/epic" },
        request("a slash at the end without a token", .anonymous) { request, _ in request.path = "/mcp/" },
        request("a body that is no JSON without a token", .anonymous) { request, _ in request.body = Array("{".utf8) },
        request("another host, with a token", RefusedAnswer(status: 421, challenge: .none)) {
            $0.fields.append("Authorization: Bearer \($1)")
            $0.host = "evil.example"
        },
        request("a page of another site, with a token", RefusedAnswer(status: 403, challenge: .none)) {
            $0.fields += ["Authorization: Bearer \($1)", "Origin: https://evil.example"]
        },
        request("a page without an origin, with a token", RefusedAnswer(status: 403, challenge: .none)) {
            $0.fields += ["Authorization: Bearer \($1)", "Origin: null"]
        },
    ]
}

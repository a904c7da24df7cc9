import ClientLogin
import JSON
import Sealing

/// A login in words; never its tokens.
enum LoginText {
    static func lines(_ login: StoredLogin, tools: Int) -> [String] {
        var lines = ["url: \(login.url)", "issuer: \(login.issuer)"]
        if let subject = subject(login) { lines.append("subject: \(subject)") }
        return lines + ["client: \(login.client)", "scopes: \(login.scope)", "tools: \(tools)"]
    }

    static func json(_ login: StoredLogin, tools: Int? = nil) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("ok", true), ("url", .string(login.url)), ("issuer", .string(login.issuer)),
            ("client_id", .string(login.client)),
            ("scopes", .array(login.scope.split(separator: " ").map { .string(String($0)) })),
            ("expires_at", .integer(Int(login.expiresAt))),
        ]
        if let subject = subject(login) { members.append(("subject", .string(subject))) }
        if let tools { members.append(("tools", .integer(tools))) }
        return .object(JSONObject(members: members.map { .init(name: $0.0, value: $0.1) }))
    }

    /// The `sub` of an access token that can be read; who may use it decides the gateway.
    private static func subject(_ login: StoredLogin) -> String? {
        let parts = login.accessToken.split(separator: ".")
        guard parts.count == 3, let text = Base64URL.decode(parts[1].utf8), let claims = try? JSONValue(parsing: text)
        else { return nil }
        return claims["sub"]?.string
    }
}

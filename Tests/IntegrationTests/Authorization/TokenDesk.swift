import JSON
import Synchronization

/// The part of a provider that gives tokens for sources: rotating refresh tokens, exchanges (RFC 8693), and tokens of
/// clients for themselves.
final class TokenDesk: Sendable {
    private struct State {
        var number = 0
        /// Whose access tokens there are.
        var access: [String: String] = [:]
        /// Whose refresh tokens may be used; one that was used is gone, as are all of its person when it comes again.
        var refresh: [String: String] = [:]
        var spent: [String: String] = [:]
        var forms: [[String: String]] = []
    }

    private let state = Mutex(State())

    /// What was asked, but for the codes of logins.
    var forms: [[String: String]] { state.withLock { $0.forms } }

    /// No access token that was given out is accepted any more.
    func revokeAccess() { state.withLock { $0.access = [:] } }

    /// Nothing that was given out is accepted any more.
    func revokeAll() { state.withLock { ($0.access, $0.refresh) = ([:], [:]) } }

    /// Whose access token it is; nil for none that holds.
    func holder(of token: String) -> String? { state.withLock { $0.access[token] } }

    /// The tokens of a new login of somebody.
    func begin(_ subject: String) -> (access: String, refresh: String) { state.withLock { Self.make(subject, &$0) } }

    /// The answer to a form; nil when it is no kind that is answered here.
    func answer(_ form: [String: String]) -> (status: Int, body: JSONValue)? {
        state.withLock { state in
            switch form["grant_type"] {
            case "refresh_token": Self.refreshed(form, &state)
            case "urn:ietf:params:oauth:grant-type:token-exchange": Self.exchanged(form, &state)
            case "client_credentials": Self.own(form, &state)
            default: nil
            }
        }
    }

    private static let refused: (Int, JSONValue) = (400, ["error": "invalid_grant"])

    private static func make(_ subject: String, _ state: inout State) -> (access: String, refresh: String) {
        state.number += 1
        let tokens = ("upstream-access-\(state.number)", "upstream-refresh-\(state.number)")
        state.access[tokens.0] = subject
        state.refresh[tokens.1] = subject
        return tokens
    }

    private static func refreshed(_ form: [String: String], _ state: inout State) -> (Int, JSONValue) {
        state.forms.append(form)
        let token = form["refresh_token"] ?? ""
        if let thief = state.spent[token] { state.refresh = state.refresh.filter { $0.value != thief } }
        guard let subject = state.refresh.removeValue(forKey: token) else { return refused }
        state.spent[token] = subject
        let tokens = make(subject, &state)
        return (
            200,
            [
                "access_token": .string(tokens.access), "token_type": "Bearer", "expires_in": 600,
                "refresh_token": .string(tokens.refresh),
            ]
        )
    }

    private static func exchanged(_ form: [String: String], _ state: inout State) -> (Int, JSONValue) {
        state.forms.append(form)
        guard form["subject_token_type"] == "urn:ietf:params:oauth:token-type:access_token",
            let subject = state.access[form["subject_token"] ?? ""], let audience = form["audience"]
        else { return refused }
        return token("for-\(audience)", of: subject, &state)
    }

    private static func own(_ form: [String: String], _ state: inout State) -> (Int, JSONValue) {
        state.forms.append(form)
        return token("own-for-\(form["audience"] ?? "")", of: "gateway", &state)
    }

    private static func token(_ name: String, of subject: String, _ state: inout State) -> (Int, JSONValue) {
        state.number += 1
        let text = "\(name)-\(state.number)"
        state.access[text] = subject
        return (
            200,
            [
                "access_token": .string(text), "token_type": "Bearer", "expires_in": 600,
                "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
            ]
        )
    }
}

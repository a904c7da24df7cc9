import AuthorizationServer
package import GatewayCore
import JSON

/// A login for a shell without a browser: the person opens a page elsewhere and types a code (RFC 8628).
package struct DeviceLogin: Sendable {
    /// What the person is told.
    package struct Prompt: Hashable, Sendable {
        package let page: String
        package let code: String
        /// The page with the code typed in; nil when the server has none.
        package let pageWithCode: String?
    }

    private static let grantType = "urn:ietf:params:oauth:grant-type:device_code"
    /// The longest time that a server may have people take, in seconds.
    private static let longest = 3600

    private let requests: TokenRequests

    package init(fetch: any HTTPFetch) {
        requests = TokenRequests(fetch: fetch)
    }

    /// Asks for a code, tells it, and waits until somebody has answered.
    package func tokens(
        at place: LoginPlace,
        client: String,
        scopes: [String],
        tell: (Prompt) -> Void
    ) async throws(LoginFault) -> ClientTokens {
        guard let endpoint = place.deviceEndpoint else {
            throw .refused("\(place.issuer) has no login for shells without a browser; log in where there is one.")
        }
        let form = [
            (name: "client_id", value: client), (name: "scope", value: scopes.joined(separator: " ")),
            (name: "resource", value: place.resource),
        ].filter { !$0.value.isEmpty }
        guard case .value(let answer) = try await requests.post(form, to: endpoint),
            let code = answer["device_code"]?.string, let userCode = answer["user_code"]?.string,
            let page = answer["verification_uri"]?.string
        else { throw .refused("\(place.issuer) gives no code to this program.") }
        tell(Prompt(page: page, code: userCode, pageWithCode: answer["verification_uri_complete"]?.string))
        let lifetime = min(max(1, answer["expires_in"]?.integer ?? 300), Self.longest)
        return try await poll(
            place,
            client,
            code,
            until: .now + .seconds(lifetime),
            every: max(1, answer["interval"]?.integer ?? 5)
        )
    }

    private func poll(
        _ place: LoginPlace,
        _ client: String,
        _ code: String,
        until end: ContinuousClock.Instant,
        every seconds: Int
    ) async throws(LoginFault) -> ClientTokens {
        var interval = seconds
        let form = [
            (name: "grant_type", value: Self.grantType), (name: "device_code", value: code),
            (name: "client_id", value: client),
        ]
        while ContinuousClock.now < end {
            guard (try? await Task.sleep(for: .seconds(interval))) != nil else {
                throw .refused("The login was given up.")
            }
            let answer: TokenRequests.Answer
            do throws(LoginFault) {
                answer = try await requests.post(form, to: place.tokenEndpoint)
            } catch {
                // It may be back before the code has expired.
                interval = min(60, interval * 2)
                continue
            }
            switch answer {
            case .value(let value): return try TokenRequests.tokens(value, place.tokenEndpoint)
            case .refused(let refusal):
                switch refusal.code {
                case "authorization_pending": break
                case "slow_down": interval += 5
                case "access_denied": throw .refused("Somebody said no; nothing is logged in.")
                case "expired_token": throw Self.tooLate
                default: throw .refused("The login did not work: \(refusal.sentence)")
                }
            }
        }
        throw Self.tooLate
    }

    private static let tooLate = LoginFault(.refused, "Nobody typed the code in time; run the command again.")
}

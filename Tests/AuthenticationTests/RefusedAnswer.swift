import GatewayCore
import TestSupport

/// What a request that is turned away hears: the status, and the challenge letter by letter.
struct RefusedAnswer: Hashable, Sendable {
    enum Challenge: Hashable, Sendable {
        case none
        /// Without an error: nothing that could be wrong was sent (RFC 6750 section 3.1).
        case token
        /// With `invalid_token` and one of the few sentences there are.
        case invalid(String)
    }

    let status: Int
    let challenge: Challenge

    static let anonymous = RefusedAnswer(status: 401, challenge: .token)
    static let malformed = RefusedAnswer(status: 400, challenge: .none)
    static let invalid = RefusedAnswer(
        status: 401,
        challenge: .invalid("The access token is not valid here.")
    )

    /// The answer to a token that is refused for a reason.
    init(_ refusal: TokenRefusal) {
        switch refusal {
        case .expired: self.init(status: 401, challenge: .invalid("The access token has expired."))
        case .notYetValid: self.init(status: 401, challenge: .invalid("The access token is not valid yet."))
        case .audience: self.init(status: 401, challenge: .invalid("The access token was issued for another resource."))
        case .keysUnavailable: self.init(status: 503, challenge: .none)
        default: self = .invalid
        }
    }

    init(status: Int, challenge: Challenge) {
        self.status = status
        self.challenge = challenge
    }

    /// The value of `WWW-Authenticate`; nil for no such field.
    func field(at site: IssuerSite) -> String? {
        let rest = #"resource_metadata="\#(site.metadata)", scope="\#(IssuerSite.baseline)""#
        return switch challenge {
        case .none: nil
        case .token: "Bearer " + rest
        case .invalid(let description):
            #"Bearer error="invalid_token", error_description="\#(description)", "# + rest
        }
    }
}

import GatewayCore
import HTTPServer

extension HTTPResponse {
    /// Asks for a token.
    static func unauthorized(_ challenge: String) -> HTTPResponse {
        .text(401, "A valid access token is needed.", [HTTPField("WWW-Authenticate", challenge)])
    }

    /// Asks for a better token: 403 for more scopes (RFC 6750 section 3.1), 401 for a fresher login (RFC 9470
    /// section 3).
    static func challenge(_ challenge: BearerChallenge, _ stepUp: StepUp, message: [UInt8]? = nil) -> HTTPResponse {
        let status = stepUp.maximumAuthenticationAge == nil ? 403 : 401
        let field = HTTPField("WWW-Authenticate", challenge.insufficient(stepUp))
        guard let message else {
            return .text(status, "The call needs more than this access token allows.", [field])
        }
        return .message(message, status: status, [field])
    }
}

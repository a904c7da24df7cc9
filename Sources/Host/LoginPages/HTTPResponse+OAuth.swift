import AuthorizationServer
import GatewayCore
import HTTPServer
import JSON

extension HTTPResponse {
    /// One sentence.
    static func plain(_ status: Int, _ sentence: String, _ headers: [HTTPField] = []) -> HTTPResponse {
        let fields = [
            HTTPField("Content-Type", "text/plain; charset=utf-8"), HTTPField("Cache-Control", "no-store"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        return HTTPResponse(status: status, headers: fields + headers, body: .bytes(Array((sentence + "\n").utf8)))
    }

    /// An answer that nobody may keep (RFC 6749 section 5.1).
    static func json(_ status: Int, _ value: JSONValue, _ headers: [HTTPField] = []) -> HTTPResponse {
        let fields = [
            HTTPField("Content-Type", "application/json"), HTTPField("Cache-Control", "no-store"),
            HTTPField("Pragma", "no-cache"), HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        return HTTPResponse(status: status, headers: fields + headers, body: .bytes(value.serialized))
    }

    /// What everybody may keep for some minutes.
    static func document(_ bytes: [UInt8]) -> HTTPResponse {
        let fields = [
            HTTPField("Content-Type", "application/json"), HTTPField("Cache-Control", "public, max-age=300"),
            HTTPField("X-Content-Type-Options", "nosniff"),
        ]
        return HTTPResponse(status: 200, headers: fields, body: .bytes(bytes))
    }

    /// A refusal (RFC 6749 section 5.2).
    static func refusal(_ error: OAuthError, authenticates: Bool) -> HTTPResponse {
        var fields: [HTTPField] = []
        if error.status == 401, authenticates {
            fields.append(HTTPField("WWW-Authenticate", #"Basic realm="beamline""#))
        }
        if let seconds = error.retryAfter { fields.append(HTTPField("Retry-After", String(seconds))) }
        return .json(
            error.status,
            ["error": .string(error.code.rawValue), "error_description": .string(error.description)],
            fields
        )
    }
}

extension HTTPRequest {
    /// Whether the body is of a media type, said once.
    func hasBody(of type: String) -> Bool {
        let sent = headers.values("Content-Type")
        guard sent.count == 1 else { return false }
        return sent[0].prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" } == type
    }
}

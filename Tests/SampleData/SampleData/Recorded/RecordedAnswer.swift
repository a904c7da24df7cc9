package import JSON

/// An answer of a replayed service.
package struct RecordedAnswer: Hashable, Sendable {
    package let status: Int
    package let contentType: String
    /// Where a redirect leads.
    package let location: String?
    package let body: [UInt8]

    package static func json(_ value: JSONValue, status: Int = 200) -> RecordedAnswer {
        RecordedAnswer(status: status, contentType: "application/json", location: nil, body: value.serialized)
    }

    package static func text(_ text: String) -> RecordedAnswer {
        RecordedAnswer(status: 200, contentType: "text/plain", location: nil, body: Array(text.utf8))
    }

    /// The page that the monitor gives for an identifier it does not know: status 200, as if all were well.
    package static func page(_ title: String) -> RecordedAnswer {
        let text = "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body><h1>\(title)</h1></body></html>\n"
        return RecordedAnswer(status: 200, contentType: "text/html", location: nil, body: Array(text.utf8))
    }

    package static func redirect(_ status: Int, to location: String) -> RecordedAnswer {
        RecordedAnswer(status: status, contentType: "text/html; charset=utf-8", location: location, body: [])
    }

    package static let notFound = json(["error": "not found"], status: 404)
}

internal import FoundationEssentials
internal import GatewayCore
internal import JSON

/// The body of an HTTP answer as it crosses to a plugin.
enum ResponseBody: Hashable {
    /// Said to be JSON, and JSON: embedded as it is.
    case json([UInt8])
    /// UTF-8.
    case text(String)
    /// Anything else, in base64.
    case base64(String)

    /// Chooses the form.
    ///
    /// JSON when the content type is `application/json`, `text/json` or ends in `+json` and the whole body is well
    /// formed and not nested deeper than `depth`; else text when it is UTF-8 (a character cut in two at the end of a
    /// truncated body is left out); else base64. An empty body is an empty text.
    init(_ response: FetchResponse, depth: Int) {
        let body = response.body
        if Self.isJSON(response.header("content-type")), !response.isTruncated {
            let limits = JSONLimits(depth: depth, bytes: body.count, refusesDuplicateNames: false)
            if (try? JSONDocument(parsing: body, limits: limits)) != nil {
                self = .json(body)
                return
            }
        }
        let text = response.isTruncated ? Self.withoutCutCharacter(body) : body[...]
        if let text = String(validating: text, as: UTF8.self) {
            self = .text(text)
        } else {
            self = .base64(Data(body).base64EncodedString())
        }
    }

    /// Writes `"body"` and `"encoding"`.
    func write(to writer: inout JSONWriter) {
        writer.name("body")
        switch self {
        case .json(let bytes): writer.writeRaw(bytes)
        case .text(let text), .base64(let text): writer.write(text)
        }
        writer.name("encoding")
        switch self {
        case .json: writer.write("json")
        case .text: writer.write("text")
        case .base64: writer.write("base64")
        }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        guard let type = contentType?.prefix(while: { $0 != ";" }) else { return false }
        let name = type.filter { $0 != " " && $0 != "\t" }.lowercased()
        return name == "application/json" || name == "text/json" || name.hasSuffix("+json")
    }

    private static func withoutCutCharacter(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        // A character has at most three bytes after its first.
        guard let first = bytes.suffix(4).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return bytes[...] }
        let length = bytes[first] >= 0xF0 ? 4 : bytes[first] >= 0xE0 ? 3 : bytes[first] >= 0xC0 ? 2 : 1
        return first + length > bytes.count ? bytes[..<first] : bytes[...]
    }
}

/// Where in a document something is, as a JSON Pointer (RFC 6901).
public struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    /// The reference tokens, decoded, from the root inwards.
    public private(set) var tokens: [String] = []

    /// The whole document.
    public init() {}

    /// The member or element inside this place.
    public func appending(_ token: String) -> JSONPath {
        var path = self
        path.tokens.append(token)
        return path
    }

    /// The element at a position inside this place.
    public func appending(_ index: Int) -> JSONPath {
        appending(String(index))
    }

    /// The pointer as text; empty for the whole document.
    public var description: String {
        tokens.map { "/" + Self.escaped($0) }.joined()
    }

    private static func escaped(_ token: String) -> String {
        var result = ""
        for scalar in token.unicodeScalars {
            switch scalar {
            case "~": result += "~0"
            case "/": result += "~1"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A token as it is written in a pointer, decoded; a tilde that escapes nothing stands for itself.
    static func unescaped(_ token: Substring) -> String {
        var result = String.UnicodeScalarView()
        var isEscape = false
        for scalar in token.unicodeScalars {
            switch (isEscape, scalar) {
            case (true, "0"): result.append("~")
            case (true, "1"): result.append("/")
            case (true, _): result.append(contentsOf: ["~", scalar])
            case (false, "~"): break
            case (false, _): result.append(scalar)
            }
            isEscape = !isEscape && scalar == "~"
        }
        if isEscape { result.append("~") }
        return String(result)
    }
}

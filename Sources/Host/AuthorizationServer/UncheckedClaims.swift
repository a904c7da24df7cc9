import JSON
import Sealing

/// Looks into a signed token without checking it.
///
/// What it says is good for two things: to find the keys by which the token is then checked, and to be careful with a
/// token that is not for us.
enum UncheckedClaims {
    static func text(_ name: String, in token: String) -> String? {
        // No name of ours has control characters, and the state keeps no text with them.
        all(in: token)?[name]?.string.flatMap { $0.utf8.allSatisfy { $0 >= 0x20 } ? $0 : nil }
    }

    /// All claims; nil for a token of another form.
    static func all(in token: String) -> JSONNode? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count <= 8192, let text = Base64URL.decode(parts[1].utf8),
            let document = try? JSONDocument(parsing: text, limits: JSONLimits(depth: 32, bytes: text.count))
        else { return nil }
        return document.root
    }

    /// When a token says that it is over, in seconds since 1970.
    static func expiry(of token: String) -> Int64? {
        all(in: token)?["exp"]?.double.map { Int64(min(max(0, $0), 9_000_000_000)) }
    }
}

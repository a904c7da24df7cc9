import JSON
import Sealing

/// Looks into a signed token without checking it.
///
/// What it says is good for one thing: to find the keys by which the token is then checked.
enum UncheckedClaims {
    static func text(_ name: String, in token: String) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count <= 8192, let text = Base64URL.decode(parts[1].utf8),
            let document = try? JSONDocument(parsing: text, limits: JSONLimits(depth: 32, bytes: text.count))
        else { return nil }
        // No name of ours has control characters, and the state keeps no text with them.
        return document.root[name]?.string.flatMap { $0.utf8.allSatisfy { $0 >= 0x20 } ? $0 : nil }
    }
}

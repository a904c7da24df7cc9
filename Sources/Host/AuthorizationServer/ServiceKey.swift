import Sealing

/// A static key of a service account, for programs that can only set a header.
///
/// It begins with a fixed word, so that scanners find one that leaked, and ends with a check, so that a mistyped one is
/// seen without a look-up.
package enum ServiceKey {
    private static let prefix = "beam_sk_"
    private static let checkLength = 8

    /// Makes a new key for an account.
    package static func make(for account: String) -> String {
        let body = prefix + account + "_" + Secret.make()
        return body + check(of: body)
    }

    /// Whether a text has the form of a key.
    package static func isKey(_ text: String) -> Bool {
        guard text.hasPrefix(prefix), text.utf8.count <= 256, text.utf8.count > prefix.utf8.count + checkLength else {
            return false
        }
        return check(of: String(text.dropLast(checkLength))) == text.suffix(checkLength)
    }

    private static func check(of body: String) -> String {
        String(Secret.digest(body).prefix(checkLength))
    }
}

import ArgumentParser

/// Why an operator does something, for the log and the audit trail.
enum ReasonText {
    /// The longest, in bytes.
    private static let longest = 500

    static func check(_ reason: String?) throws {
        guard let reason, !reason.allSatisfy(\.isWhitespace) else {
            throw ValidationError("Say why, with --reason.")
        }
        guard reason.utf8.count <= longest, !reason.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw ValidationError("--reason: one line of at most \(longest) bytes.")
        }
    }
}

/// The code a person types for a device (RFC 8628 section 6.1).
package enum UserCode {
    /// No vowels, so that no words come out, and no letters that look alike.
    private static let letters = Array("BCDFGHJKLMNPQRSTVWXZ".utf8)
    private static let length = 8

    /// Makes a code in its plain form: 8 of 20 letters, 34 bits.
    package static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<length).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] },
            as: UTF8.self
        )
    }

    /// The plain form of what a person typed: without spaces and dashes, in capitals; nil for what is no code.
    package static func plain(_ text: String) -> String? {
        guard text.utf8.count <= 64 else { return nil }
        let typed = text.uppercased().filter { $0 != "-" && $0 != " " }
        guard typed.utf8.count == length, typed.utf8.allSatisfy(letters.contains) else { return nil }
        return typed
    }

    /// The form for people, in two halves.
    package static func shown(_ plain: String) -> String {
        "\(plain.prefix(length / 2))-\(plain.dropFirst(length / 2))"
    }
}

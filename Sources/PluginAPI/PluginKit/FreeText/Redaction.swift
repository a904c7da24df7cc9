/// Takes credentials out of text that came from elsewhere; what was taken is named by `[redacted]`.
///
/// It knows credentials by what they look like (PEM blocks, JSON Web Tokens, tokens and keys with a maker's prefix, schemes
/// of HTTP authentication) and by their name (`password=`, `--token`, header fields, signatures in addresses,
/// `user:password@`). Each byte is looked at a bounded number of times, whatever the text.
public enum Redaction {
    static let replacement = "[redacted]"

    /// The text without credentials; hidden characters must be gone before, see ``CleanText``.
    ///
    /// With `keepingLines` the lines behind a credential keep their numbers, also when it went over several lines.
    public static func redacted(_ text: String, keepingLines: Bool = false) -> String {
        let searched = SearchedText(text)
        // Blocks first: what stands right before and after one is then looked at as it will be read.
        let withoutBlocks = replaced(searched, keepingLines, where: PEMBlock.begins, PEMBlock.find)
        let rest = withoutBlocks.map(SearchedText.init) ?? searched
        guard let result = replaced(rest, keepingLines, where: begins, other) ?? withoutBlocks else { return text }
        return String(decoding: result, as: UTF8.self)
    }

    /// Puts the replacement in the place of everything that a search finds; nil when that is nothing.
    ///
    /// It searches at the bytes for which `begins` says so.
    private static func replaced(
        _ text: SearchedText,
        _ keepsLines: Bool,
        where begins: [Bool],
        _ search: (SearchedText, Int, Int) -> CredentialRange?
    ) -> [UInt8]? {
        var result: [UInt8] = []
        /// Where the last credential ended: what stands before is none of the next one's name.
        var floor = 0
        var position = 0
        while position < text.bytes.count {
            guard begins[Int(text.bytes[position])], let found = search(text, position, floor) else {
                position += 1
                continue
            }
            result.append(contentsOf: text.bytes[floor..<max(floor, found.start)])
            result.append(contentsOf: replacement.utf8)
            if keepsLines {
                let breaks = text.bytes[found.start..<found.end].count { $0 == UInt8(ascii: "\n") }
                result.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: breaks))
            }
            position = found.end
            floor = position
        }
        guard floor > 0 else { return nil }
        result.append(contentsOf: text.bytes[floor...])
        return result
    }

    /// The text without credentials; of a member or setting whose name says that it holds a credential nothing is left.
    public static func redacted(_ text: String, named name: String) -> String {
        let searched = SearchedText("=" + text)
        guard CredentialName(name.utf8)?.value(in: searched, after: 0) != nil else { return redacted(text) }
        return replacement
    }

    /// The bytes at which `other` may find something.
    private static let begins: [Bool] = (0...UInt8.max).map { byte in
        [UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "=")].contains(byte)
            || CredentialToken.begins(byte) || AuthenticationScheme.begins(byte)
    }

    /// Every credential but blocks.
    private static func other(_ text: SearchedText, _ position: Int, _ floor: Int) -> CredentialRange? {
        switch text[position] {
        case UInt8(ascii: " "):
            NamedCredential.option(in: text, at: position, floor: floor)
        case UInt8(ascii: ":"):
            AddressCredential.find(in: text, at: position)
                ?? HeaderCredential.find(in: text, at: position, floor: floor)
                ?? NamedCredential.assignment(in: text, at: position, floor: floor)
        case UInt8(ascii: "="):
            NamedCredential.assignment(in: text, at: position, floor: floor)
        default:
            text.isWordStart(position, floor: floor)
                ? CredentialToken.find(in: text, at: position) ?? AuthenticationScheme.find(in: text, at: position)
                : nil
        }
    }
}

/// Which bytes of a text are a credential.
struct CredentialRange {
    /// May lie before the place where it was found.
    let start: Int
    let end: Int
}

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
        // Blocks first: what stands right before and after one is then looked at as it will be read.
        replaced(replaced(text, keepingLines, PEMBlock.find), keepingLines, other)
    }

    /// Puts the replacement in the place of everything that a search finds.
    private static func replaced(
        _ text: String,
        _ keepsLines: Bool,
        _ search: (SearchedText, Int, Int) -> CredentialRange?
    ) -> String {
        let searched = SearchedText(text)
        var result: [UInt8] = []
        result.reserveCapacity(searched.count)
        var position = 0
        /// Where the last credential ended: what stands before is none of the next one's name.
        var floor = 0
        while position < searched.count {
            guard let found = search(searched, position, floor) else {
                result.append(searched[position])
                position += 1
                continue
            }
            result.removeLast(min(found.start < position ? position - found.start : 0, result.count))
            for index in position..<max(position, found.start) { result.append(searched[index]) }
            result.append(contentsOf: replacement.utf8)
            if keepsLines {
                for index in min(position, found.start)..<found.end where searched[index] == UInt8(ascii: "\n") {
                    result.append(UInt8(ascii: "\n"))
                }
            }
            position = found.end
            floor = position
        }
        return floor == 0 ? text : String(decoding: result, as: UTF8.self)
    }

    /// The text without credentials; of a member or setting whose name says that it holds a credential nothing is left.
    public static func redacted(_ text: String, named name: String) -> String {
        let searched = SearchedText("=" + text)
        guard CredentialName(name.utf8)?.value(in: searched, after: 0) != nil else { return redacted(text) }
        return replacement
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

import PluginKit

/// Makes text that people, jobs and other systems wrote fit for an answer.
package enum UntrustedText {
    /// The text without control characters and credentials, cut at `limit` characters.
    ///
    /// Hidden characters go first: between the letters of a credential they would keep it from being found.
    package static func cleaned(_ text: String, limit: Int = 512) -> String {
        CleanText.plain(Redaction.redacted(CleanText.plain(text, limit: .max)), limit: limit)
    }

    /// The cleaned lines of a log: each keeps its number, though a key may go over several of them.
    package static func lines(of text: String) -> [String] {
        var lines = Redaction.redacted(CleanText.plain(text, limit: .max), keepingLines: true).utf8
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// The value of a member or setting, of which nothing is left when its name says that it is a credential.
    package static func cleaned(_ text: String, named name: String, limit: Int = 512) -> String {
        CleanText.plain(Redaction.redacted(CleanText.plain(text, limit: .max), named: name), limit: limit)
    }

    /// The text without HTML tags, for what is kept as a piece of a page.
    package static func withoutTags(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            result += rest[..<start]
            let tag = rest[start...]
            guard isTag(tag.dropFirst().first), let end = tag.firstIndex(of: ">") else {
                result.append("<")
                rest = tag.dropFirst()
                continue
            }
            rest = tag[tag.index(after: end)...]
        }
        return result + rest
    }

    private static func isTag(_ first: Character?) -> Bool {
        guard let first else { return false }
        return first == "/" || first == "!" || (first.isASCII && first.isLetter)
    }
}

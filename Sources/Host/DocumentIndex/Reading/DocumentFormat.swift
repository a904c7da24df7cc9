/// The kinds of text that are read, told by the end of a file's name.
package enum DocumentFormat: String, CaseIterable, Sendable {
    case restructuredText = "rst"
    case markdown = "md"

    /// The format of a file; nil for one that is not read.
    package init?(path: String) {
        guard let point = path.lastIndex(of: ".") else { return nil }
        switch path[path.index(after: point)...].lowercased() {
        case "rst": self = .restructuredText
        case "md", "markdown": self = .markdown
        default: return nil
        }
    }

    /// Takes a document apart; whatever the bytes are, something comes of them, in time that grows as they do.
    package func parse(_ bytes: [UInt8], path: String) -> ParsedDocument {
        let lines = Self.lines(bytes)
        let name = String(path.split(separator: "/").last ?? "document")
        return switch self {
        case .restructuredText: RestructuredText.parse(lines, name: name)
        case .markdown: Markdown.parse(lines, name: name)
        }
    }

    /// The lines without their ends, tabs as blanks, and controls left out.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            var plain: [UInt8] = []
            plain.reserveCapacity(line.count)
            for byte in line {
                switch byte {
                case 0x09: plain += [0x20, 0x20, 0x20, 0x20]
                case 0x00...0x1F, 0x7F: break
                default: plain.append(byte)
                }
            }
            while plain.last == 0x20 { plain.removeLast() }
            return String(decoding: plain, as: UTF8.self)
        }
    }
}

extension StringProtocol {
    /// How many blanks it begins with.
    var indentation: Int { utf8.prefix { $0 == 0x20 }.count }

    /// Without blanks at both ends.
    var trimmed: String {
        let bytes = Array(utf8)
        let end = (bytes.lastIndex { $0 != 0x20 } ?? -1) + 1
        return String(decoding: bytes[Swift.min(indentation, end)..<end], as: UTF8.self)
    }
}

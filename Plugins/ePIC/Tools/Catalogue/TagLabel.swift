import PluginKit

/// The name of a tag, such as `p1001`: the letter of its kind and its number.
struct TagLabel: Hashable, Sendable {
    let kind: TagKind
    let number: Int

    var text: String { "\(kind.rawValue)\(number)" }

    /// Reads a label with blanks around it and in upper or lower case.
    /// - Throws: `ToolError` with `invalid_argument` for text that is none.
    init(_ text: String) throws(ToolError) {
        let label = text.trimmingBlanks.lowercased()
        guard let kind = label.first.flatMap({ TagKind(rawValue: String($0)) }),
            label.dropFirst().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let number = Int(label.dropFirst())
        else {
            throw ToolError(
                .invalidArgument,
                "tag_label: must be a letter of p, e, s, r, k and a number, such as p1001."
            )
        }
        self.kind = kind
        self.number = number
    }
}

extension String {
    /// The text without white space at its ends.
    fileprivate var trimmingBlanks: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}

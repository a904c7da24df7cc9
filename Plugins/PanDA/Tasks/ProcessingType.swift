/// The kind of work a task does, as PanDA's clients write it.
package enum ProcessingType {
    /// Stands for tasks without a kind, in filters and in answers.
    package static let blank = "__blank__"

    /// The kind as it is shown: versions of the client are left out, so that its tasks count as one kind.
    package static func label(of type: String?) -> String {
        guard let type, !type.isEmpty else { return blank }
        guard let parts = parts(of: type) else { return type }
        return "panda-client-jedi-\(parts)"
    }

    /// What finds all tasks of a label: the label itself, or a pattern with `%`.
    package static func filter(for label: String) -> String {
        let prefix = "panda-client-jedi-"
        return label.hasPrefix(prefix) ? "panda-client-%-jedi-" + label.dropFirst(prefix.count) : label
    }

    /// What follows the version in `panda-client-1.5.94-jedi-run`; nil for any other text.
    private static func parts(of type: String) -> Substring? {
        let prefix = "panda-client-"
        let infix = "-jedi-"
        guard type.hasPrefix(prefix) else { return nil }
        var version = type.dropFirst(prefix.count)
        var length = 0
        while let first = version.first {
            if version.hasPrefix(infix) { return length > 0 ? version.dropFirst(infix.count) : nil }
            guard first.isNumber || first == "." || first.isLetter else { return nil }
            length += 1
            version = version.dropFirst()
        }
        return nil
    }
}

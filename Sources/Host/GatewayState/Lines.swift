/// Lists in one column: one element a line, and no element with a line break.
enum Lines {
    static func text(_ elements: [String]) -> String {
        elements.filter { !$0.contains("\n") && !$0.isEmpty }.joined(separator: "\n")
    }

    static func elements(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init)
    }
}

extension Substring {
    /// The text without the blanks and line ends around it.
    func trimmed() -> Substring {
        var text = self
        while let first = text.first, first == " " || first == "\n" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\n" { text.removeLast() }
        return text
    }
}

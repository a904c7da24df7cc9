extension String {
    /// Whether both are the same code points; `==` would also accept another spelling of the same characters.
    func isExactly(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8)
    }
}

extension [String] {
    /// Whether one of the elements is the same code points.
    func containsExactly(_ text: String) -> Bool {
        contains { $0.isExactly(text) }
    }
}

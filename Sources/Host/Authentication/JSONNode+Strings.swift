import JSON

extension JSONNode {
    /// The texts of a string or of an array of nothing but strings; nil for anything else.
    var strings: [String]? {
        switch kind {
        case .string: return string.map { [$0] }
        case .array:
            var texts: [String] = []
            for element in elements {
                guard let text = element.string else { return nil }
                texts.append(text)
            }
            return texts
        default: return nil
        }
    }
}

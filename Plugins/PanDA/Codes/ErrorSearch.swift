/// Finds the codes that an acronym or a message belongs to.
enum ErrorSearch {
    /// A code of one component.
    struct Found: Hashable {
        let component: ErrorComponent
        let code: Int
    }

    /// The codes that fit best, at most `limit`; none where the tables have nothing like the text.
    ///
    /// An acronym must be the same, upper and lower case alike. A message fits when most of its table's words are in it:
    /// diagnoses put details behind them.
    static func codes(for text: String, component: ErrorComponent?, limit: Int = 5) -> [Found] {
        let components = component.map { [$0] } ?? [.pilot] + ErrorComponent.allCases.filter { $0 != .pilot }
        let all = components.flatMap { component in component.entries.map { (component, $0) } }
        let text = String(text.prefix(longestText))
        let acronym = text.uppercased().filter(\.isLetter)
        let named = all.filter {
            !$0.1.acronym.isEmpty && $0.1.acronym.uppercased().filter(\.isLetter) == acronym
        }
        if !named.isEmpty { return named.prefix(limit).map { Found(component: $0.0, code: $0.1.code) } }
        let wanted = words(of: text)
        let scored = all.compactMap { component, entry -> (found: Found, share: Double, common: Int)? in
            let own = words(of: entry.meaning)
            let common = own.intersection(wanted).count
            let share = Double(common) / Double(max(1, own.count))
            guard common >= 2, share >= 0.6 else { return nil }
            return (Found(component: component, code: entry.code), share, common)
        }
        return scored.sorted { ($1.share, $1.common, $0.found.code) < ($0.share, $0.common, $1.found.code) }
            .prefix(limit).map(\.found)
    }

    /// No table has a longer message.
    private static let longestText = 512

    private static let common: Set<Substring> = [
        "the", "a", "an", "of", "to", "in", "for", "by", "was", "is", "not", "on",
    ]

    private static func words(of text: String) -> Set<Substring> {
        Set(text.lowercased()[...].split { !($0.isLetter || $0.isNumber) }).subtracting(common)
    }
}

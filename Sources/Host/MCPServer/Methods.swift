import MCPModel

/// The methods there are, found by name.
struct Methods: Sendable {
    private let byName: [String: any ServerMethod]

    init(_ methods: [any ServerMethod]) {
        byName = Dictionary(methods.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The method of a name; nil when the era has none.
    func method(_ name: String, in era: Era) -> (any ServerMethod)? {
        guard let method = byName[name], method.eras.contains(era) else { return nil }
        return method
    }
}

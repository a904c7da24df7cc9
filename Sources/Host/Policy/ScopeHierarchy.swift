/// Which scopes include which, over any number of steps.
///
/// A circle makes its scopes equal.
struct ScopeHierarchy: Sendable {
    private let implies: [String: [String]]

    init(_ implies: [String: [String]]) {
        self.implies = implies
    }

    /// The scope and all that it includes.
    func included(in scope: String) -> Set<String> {
        var found: Set<String> = [scope]
        var open = [scope]
        while let next = open.popLast() {
            for scope in implies[next, default: []] where found.insert(scope).inserted {
                open.append(scope)
            }
        }
        return found
    }

    /// The scope and all that include it: any one of them is enough.
    func satisfying(_ scope: String) -> [String] {
        let wider = implies.keys.filter { $0 != scope && included(in: $0).contains(scope) }
        return [scope] + wider.sorted()
    }
}

import Synchronization

/// Which plugin has which namespace: the first one gets it, the second one is refused with both named.
final class NamespaceClaims: Sendable {
    private let owners: Mutex<[String: String]>

    init(taken: [String]) {
        owners = Mutex(
            Dictionary(taken.map { ($0, "a plugin loaded before") }, uniquingKeysWith: { first, _ in first })
        )
    }

    func claim(_ namespace: String, for path: String) throws(PluginLoadFailure) {
        let owner = owners.withLock { owners -> String? in
            if let owner = owners[namespace] { return owner }
            owners[namespace] = path
            return nil
        }
        guard let owner else { return }
        throw PluginLoadFailure(
            .namespace,
            "The namespace \(namespace) of \(path) belongs to \(owner); give one of them another namespace."
        )
    }

    func release(_ namespace: String) {
        owners.withLock { owners in owners[namespace] = nil }
    }
}

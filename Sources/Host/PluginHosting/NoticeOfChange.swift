import Synchronization

/// Passes a plugin's notices of change on, once it is known under which namespace it serves.
final class NoticeOfChange: Sendable {
    private let namespace = Mutex<String?>(nil)
    private let changed: @Sendable (String) -> Void
    private let updated: @Sendable (_ namespace: String, _ uri: String) -> Void

    init(
        _ changed: @escaping @Sendable (String) -> Void,
        updated: @escaping @Sendable (_ namespace: String, _ uri: String) -> Void
    ) {
        self.changed = changed
        self.updated = updated
    }

    /// Lets notices through; those before are covered by the first LIST.
    func open(_ name: String) {
        namespace.withLock { $0 = name }
    }

    func send() {
        if let name = namespace.withLock({ $0 }) { changed(name) }
    }

    /// Passes on that a resource of this local URI has changed.
    func sendUpdate(of uri: String) {
        if let name = namespace.withLock({ $0 }) { updated(name, uri) }
    }
}

import Synchronization

/// Passes a plugin's notices of change on, once it is known under which namespace it serves.
final class NoticeOfChange: Sendable {
    private let namespace = Mutex<String?>(nil)
    private let changed: @Sendable (String) -> Void

    init(_ changed: @escaping @Sendable (String) -> Void) {
        self.changed = changed
    }

    /// Lets notices through; those before are covered by the first LIST.
    func open(_ name: String) {
        namespace.withLock { $0 = name }
    }

    func send() {
        if let name = namespace.withLock({ $0 }) { changed(name) }
    }
}

import Synchronization

/// A place that is empty until it is set, once; read without a lock.
final class SetOnce<Content: AnyObject & Sendable>: Sendable {
    private let reference = AtomicLazyReference<Content>()

    /// What it holds; nil while it is empty.
    var content: Content? { reference.load() }

    /// Sets it unless another thread has.
    /// - Returns: what it holds now.
    func set(_ content: Content) -> Content {
        reference.storeIfNil(content)
    }
}

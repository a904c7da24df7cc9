import Synchronization

/// A number that only grows, from any thread and without a lock.
package final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    package init() {}

    /// Adds to the number.
    package func increment(by amount: UInt64 = 1) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    /// The number now.
    package var value: UInt64 { count.load(ordering: .relaxed) }
}

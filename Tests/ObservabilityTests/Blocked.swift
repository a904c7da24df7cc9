import Dispatch

/// Holds whoever waits until it is released; then nobody any more.
final class Blocked: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func wait() {
        semaphore.wait()
        semaphore.signal()
    }

    func release() {
        semaphore.signal()
    }
}

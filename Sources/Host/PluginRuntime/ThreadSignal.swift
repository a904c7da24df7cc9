import Glibc

/// A counting semaphore: what one thread signals, another waits for.
///
/// Built of a condition variable, because the system's own semaphores wait by a clock that may be set.
@safe final class ThreadSignal: Sendable {
    @unsafe private struct Parts {
        var lock = unsafe pthread_mutex_t()
        var wake = pthread_cond_t()
        var count = 0
    }

    // The pointer never changes, and `count` is touched only under `lock`.
    private nonisolated(unsafe) let parts: UnsafeMutablePointer<Parts>

    init() {
        unsafe parts = .allocate(capacity: 1)
        unsafe parts.initialize(to: Parts())
        unsafe pthread_mutex_init(&parts.pointee.lock, nil)
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        unsafe pthread_cond_init(&parts.pointee.wake, &attributes)
        unsafe pthread_condattr_destroy(&attributes)
    }

    deinit {
        unsafe pthread_cond_destroy(&parts.pointee.wake)
        unsafe pthread_mutex_destroy(&parts.pointee.lock)
        unsafe parts.deinitialize(count: 1)
        unsafe parts.deallocate()
    }

    func signal() {
        unsafe pthread_mutex_lock(&parts.pointee.lock)
        unsafe parts.pointee.count += 1
        unsafe pthread_cond_signal(&parts.pointee.wake)
        unsafe pthread_mutex_unlock(&parts.pointee.lock)
    }

    /// Waits for a signal.
    ///
    /// Blocks the thread.
    func wait() {
        wait(until: MonotonicTime.never)
    }

    /// Forgets the signals that nobody has waited for yet.
    func clear() {
        unsafe pthread_mutex_lock(&parts.pointee.lock)
        unsafe parts.pointee.count = 0
        unsafe pthread_mutex_unlock(&parts.pointee.lock)
    }

    /// Waits for a signal, at most until a moment of `CLOCK_MONOTONIC`.
    ///
    /// Blocks the thread.
    func wait(until moment: Int64) {
        let clamped = max(moment, 0)
        var time = timespec(tv_sec: Int(clamped / 1_000_000_000), tv_nsec: Int(clamped % 1_000_000_000))
        unsafe pthread_mutex_lock(&parts.pointee.lock)
        defer { unsafe pthread_mutex_unlock(&parts.pointee.lock) }
        while unsafe parts.pointee.count == 0 {
            let result =
                moment == MonotonicTime.never
                ? unsafe pthread_cond_wait(&parts.pointee.wake, &parts.pointee.lock)
                : unsafe pthread_cond_timedwait(&parts.pointee.wake, &parts.pointee.lock, &time)
            if result == ETIMEDOUT { return }
        }
        unsafe parts.pointee.count -= 1
    }
}

internal import Glibc

/// Keeps a peer that has gone from ending the process.
enum SignalMask {
    /// Runs something in which a write to a closed socket is an error and no SIGPIPE, on this thread.
    ///
    /// Blocking the signal for good would not do: the thread is lent by the system and has other uses.
    static func withoutBrokenPipe<Result>(_ body: () -> Result) -> Result {
        var broken = sigset_t()
        unsafe sigemptyset(&broken)
        unsafe sigaddset(&broken, SIGPIPE)
        var earlier = sigset_t()
        unsafe pthread_sigmask(SIG_BLOCK, &broken, &earlier)
        let result = body()
        var none = timespec()
        // Takes one that was raised meanwhile, before it is let through.
        while unsafe sigtimedwait(&broken, nil, &none) == SIGPIPE {}
        unsafe pthread_sigmask(SIG_SETMASK, &earlier, nil)
        return result
    }
}

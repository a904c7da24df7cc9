import Glibc

/// How long processors have worked for a process, in nanoseconds.
package enum ProcessorTime {
    /// What this process has used.
    package static func used() -> Int64 { time(CLOCK_PROCESS_CPUTIME_ID) }

    /// What another process has used; 0 when it is gone.
    package static func used(by process: Int32) -> Int64 {
        var clock = clockid_t()
        guard unsafe clock_getcpuclockid(process, &clock) == 0 else { return 0 }
        return time(clock)
    }

    private static func time(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        guard unsafe clock_gettime(clock, &time) == 0 else { return 0 }
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

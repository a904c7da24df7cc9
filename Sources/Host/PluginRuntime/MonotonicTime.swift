package import GatewayCore
import Glibc

/// Moments of `CLOCK_MONOTONIC` in nanoseconds, the clock of `beam_request.deadline_ns`.
package enum MonotonicTime {
    /// Later than every deadline.
    package static let never = Int64.max

    /// The present moment.
    package static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// A moment this far from now.
    package static func after(_ duration: Duration) -> Int64 {
        let (sum, overflows) = now().addingReportingOverflow(duration.wholeNanoseconds)
        return overflows ? never : sum
    }
}

extension Duration {
    /// The length in whole nanoseconds, cut to what fits.
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflows, product.magnitude < Int64.max.magnitude / 2 else { return seconds < 0 ? .min / 2 : .max / 2 }
        return product + attoseconds / 1_000_000_000
    }
}

extension Deadline {
    /// The same moment as a number of `CLOCK_MONOTONIC`.
    package var monotonicNanoseconds: Int64 { MonotonicTime.after(remaining) }
}

/// The instant all sample times are counted back from.
package struct SampleClock: Hashable, Sendable {
    /// Now, in whole seconds.
    package let now: SampleInstant

    package init(now: SampleInstant) {
        self.now = SampleInstant(seconds: now.microseconds / 1_000_000)
    }

    /// So long before now.
    package func ago(days: Int = 0, hours: Int = 0, minutes: Int = 0, seconds: Int = 0) -> SampleInstant {
        now.adding(seconds: -(days * 86400 + hours * 3600 + minutes * 60 + seconds))
    }
}

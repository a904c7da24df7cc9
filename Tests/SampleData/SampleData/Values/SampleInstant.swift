/// A point in time, to the microsecond, in UTC.
package struct SampleInstant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    package let microseconds: Int

    package init(microseconds: Int) {
        self.microseconds = microseconds
    }

    /// Whole seconds since 1970-01-01T00:00:00Z.
    package init(seconds: Int) {
        microseconds = seconds * 1_000_000
    }

    package static func < (left: SampleInstant, right: SampleInstant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// This moved by so many seconds; negative moves back.
    package func adding(seconds: Int) -> SampleInstant {
        SampleInstant(microseconds: microseconds + seconds * 1_000_000)
    }

    /// Seconds from the other instant to this one, rounded down.
    package func seconds(since other: SampleInstant) -> Int {
        (microseconds - other.microseconds) / 1_000_000
    }
}

/// Tells the time of day.
///
/// Injected, so that what depends on it can be tested at any moment.
package protocol WallClock: Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    var now: Int64 { get }
}

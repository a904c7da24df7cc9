/// Hears when a source goes down and when it is back; implemented by the executable over its log.
package protocol SourceObserving: Sendable {
    /// Takes note of a new status; returns at once.
    func statusChanged(of source: String, to health: SourceHealth)
}

/// Where the operator hears of sources in trouble; implemented by the executable over its log.
package protocol SourceReporting: Sendable {
    /// Takes note of one failure; returns at once.
    func report(_ trouble: SourceTrouble)
}

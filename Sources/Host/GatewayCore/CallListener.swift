/// What a caller wants to hear before the answer, and who takes it.
package struct CallListener: Sendable {
    package let wantsProgress: Bool
    /// The least serious messages wanted; nil for none.
    package let severity: Severity?
    /// Takes one event; called on any thread, returns at once, and may drop what was not wanted.
    package let hear: @Sendable (CallEvent) -> Void

    package init(
        wantsProgress: Bool,
        severity: Severity?,
        hear: @escaping @Sendable (CallEvent) -> Void
    ) {
        self.wantsProgress = wantsProgress
        self.severity = severity
        self.hear = hear
    }
}

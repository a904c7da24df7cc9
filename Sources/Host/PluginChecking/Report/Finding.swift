/// Something a plugin does not do as the contract says.
package struct Finding: Hashable, Sendable {
    package enum Severity: String, Hashable, Sendable {
        /// The gateway would refuse the plugin, or callers would meet it.
        case error
        /// It works, and the author should know.
        case warning
    }

    package let severity: Severity
    /// The tool, symbol, manifest member or function it is about.
    package let place: String
    /// What is wrong.
    ///
    /// A sentence.
    package let fault: String
    /// How to mend it.
    ///
    /// A sentence.
    package let remedy: String

    package init(_ place: String, _ fault: String, remedy: String, severity: Severity = .error) {
        self.severity = severity
        self.place = place
        self.fault = fault
        self.remedy = remedy
    }

    static func warning(_ place: String, _ fault: String, remedy: String) -> Finding {
        Finding(place, fault, remedy: remedy, severity: .warning)
    }
}

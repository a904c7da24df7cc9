/// A message of a provider to the caller, in the manner of a log.
package struct CallMessage: Hashable, Sendable {
    package let severity: Severity
    /// Which part speaks.
    package let logger: String?
    /// One JSON text, checked to be well-formed.
    package let data: [UInt8]

    package init(_ severity: Severity, logger: String? = nil, data: [UInt8]) {
        self.severity = severity
        self.logger = logger
        self.data = data
    }
}

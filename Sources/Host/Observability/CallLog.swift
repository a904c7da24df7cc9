package import GatewayCore
package import Logging

/// Writes every call to the log: who, what and how it ended; never an argument or a result.
package struct CallLog: Auditing {
    private let logger: Logger

    package init(logger: Logger) {
        self.logger = logger
    }

    package func record(_ event: AuditEvent) {
        let milliseconds = event.duration / .milliseconds(1)
        logger.debug(
            "call",
            metadata: [
                "request": "\(event.requestID)",
                "subject": "\(event.principal.subject)",
                "issuer": "\(event.principal.issuer)",
                "item": "\(event.item.map { "\($0.namespace)_\($0.localName)" } ?? "(unknown)")",
                "outcome": "\(event.outcome)",
                "ms": "\(milliseconds)",
            ]
        )
    }
}

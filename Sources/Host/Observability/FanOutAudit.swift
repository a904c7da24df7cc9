package import GatewayCore

/// Passes every call on to several listeners, in their order.
package struct FanOutAudit: Auditing {
    private let listeners: [any Auditing]

    package init(_ listeners: any Auditing...) {
        self.listeners = listeners
    }

    package func record(_ event: AuditEvent) {
        for listener in listeners { listener.record(event) }
    }

    package func record(_ act: AuditedAct) {
        for listener in listeners { listener.record(act) }
    }
}

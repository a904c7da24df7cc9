package import GatewayCore
import JSON

/// What `/health/ready` answers.
package struct ReadinessReport: Hashable, Sendable {
    /// Everything watched, in the order of the parts.
    package let checks: [HealthItem]

    package init(checks: [HealthItem]) {
        self.checks = checks
    }

    /// Whether nothing has failed; what is merely degraded does not count.
    package var isReady: Bool { reasons.isEmpty }

    /// Why not, one sentence for each failure.
    package var reasons: [String] {
        checks.compactMap { check in
            guard case .failed(let reason) = check.status else { return nil }
            return "\(check.name): \(reason)"
        }
    }

    /// `{"status":"ready"|"not_ready","reasons":[…],"checks":[{"name","status","reason"?}]}`.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("status")
        writer.write(isReady ? "ready" : "not_ready")
        writer.name("reasons")
        writer.beginArray()
        for reason in reasons { writer.write(reason) }
        writer.endArray()
        writer.name("checks")
        writer.beginArray()
        for check in checks {
            writer.beginObject()
            writer.name("name")
            writer.write(check.name)
            writer.name("status")
            writer.write(check.status.word)
            if let reason = check.status.reason {
                writer.name("reason")
                writer.write(reason)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension HealthItem.Status {
    fileprivate var word: String {
        switch self {
        case .healthy: "healthy"
        case .degraded: "degraded"
        case .failed: "failed"
        }
    }

    fileprivate var reason: String? {
        switch self {
        case .healthy: nil
        case .degraded(let reason), .failed(let reason): reason
        }
    }
}

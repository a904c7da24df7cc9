import GatewayCore
import DataSources
import Logging
import MCPServer

/// Tells the operator which sources are in trouble.
struct SourceLog: SourceReporting {
    let logger: Logger

    func report(_ trouble: SourceTrouble) {
        logger.warning(
            "source in trouble",
            metadata: [
                "plugin": "\(trouble.namespace)",
                "source": "\(trouble.source)",
                "operation": "\(trouble.operation)",
                "status": "\(trouble.status)",
                "request": "\(trouble.requestID.map(\.description) ?? "-")",
                "detail": "\(trouble.detail)",
            ]
        )
    }
}

/// Counts and tells the operator which requests were turned away.
struct RefusalLog: FailureReporting {
    let logger: Logger
    let metrics: RefusalMetrics

    func report(_ failure: RefusedRequest) {
        metrics.count(failure.reason)
        logger.debug(
            "request refused",
            metadata: [
                "request": "\(failure.requestID)",
                "reason": "\(failure.reason)",
                "address": "\(failure.remoteAddress ?? "-")",
            ]
        )
    }
}

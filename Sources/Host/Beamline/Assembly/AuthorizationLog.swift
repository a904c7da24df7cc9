import AuthorizationServer
import GatewayCore
import Logging
import Observability

/// Tells the operator what the authorization server does, and counts it: `beamline_authorization_events_total`.
struct AuthorizationLog: AuthorizationReporting {
    private let logger: Logger
    private let events: MetricSeries<Counter>
    private let audit: any Auditing

    init(logger: Logger, registry: MetricsRegistry, audit: any Auditing) {
        self.logger = logger
        self.audit = audit
        events = registry.counter(
            "beamline_authorization_events_total",
            "What the gateway as an authorization server did and refused.",
            labels: ["event"]
        )
    }

    func report(_ event: AuthorizationEvent) {
        events[event.kind.rawValue].increment()
        var metadata: Logger.Metadata = ["event": "\(event.kind.rawValue)"]
        for (name, value) in [
            ("client", event.client), ("provider", event.provider), ("grant", event.grant), ("detail", event.detail),
        ] {
            metadata[name] = value.map { "\($0)" }
        }
        logger.log(level: Self.level(event.kind), "authorization", metadata: metadata)
    }

    func report(_ act: AuditedAct) { audit.record(act) }

    private static func level(_ kind: AuthorizationEvent.Kind) -> Logger.Level {
        switch kind {
        case .stateUnavailable: .error
        case .loginFailed, .reuse, .callNotTheirs, .credentialRefused: .warning
        case .clientRegistered, .loginSucceeded, .noRole, .granted, .revoked, .clientDocumentRefused, .callApproved,
            .callRefused, .loginLinked, .linkRefused, .loginUnlinked, .accountClosed, .tokenGiven, .tokenRemoved:
            .info
        case .refreshed, .refused, .actedAtSource: .debug
        }
    }
}

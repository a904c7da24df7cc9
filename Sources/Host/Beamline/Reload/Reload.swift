import AuditTrail
import Authentication
import GatewayConfiguration
import Logging
import MCPServer
import Observability

/// Takes over what a changed configuration says, as far as a running gateway can.
///
/// Everything new is built beside what runs and put in its place when all of it is there; a fault leaves all as it was.
struct Reload {
    private let path: String
    private let assembly: Assembly
    private let threshold: LogThreshold
    let logger: Logger
    private(set) var running: Configuration
    private var authenticator: BearerAuthenticator

    init(path: String, running: Configuration, assembly: Assembly, threshold: LogThreshold, logger: Logger) {
        self.path = path
        self.running = running
        self.assembly = assembly
        self.threshold = threshold
        self.logger = logger
        authenticator = assembly.authenticator
    }

    /// Reads the configuration again and takes it over.
    /// - Returns: the sources that were replaced, to be closed when nobody uses them any more.
    mutating func perform() -> SourceGeneration? {
        do {
            return try takeOver(try ConfigurationFile.read(path))
        } catch let faults as ConfigurationFaults {
            refuse(faults.lines)
        } catch let failure as CommandFailure {
            refuse(failure.lines)
        } catch {
            refuse(["\(error)"])
        }
        return nil
    }

    private mutating func takeOver(_ wanted: Configuration) throws -> SourceGeneration? {
        let change = ConfigurationChange(from: running, to: wanted)
        let effective = change.effective
        let faults = FileCheck.faults(of: effective)
        guard faults.isEmpty else { throw ConfigurationFaults(faults) }
        let next =
            change.touches(["sources", "plugins", "issuers", "trust", "limits"])
            ? try SourceGeneration(
                of: effective,
                plugins: assembly.directory,
                metrics: assembly.endpoints.operations.sources,
                logger: logger
            ) : nil
        let accepts =
            change.touches(["identity", "issuers", "limits"])
            ? try assembly.endpoints.authenticator(for: effective) : authenticator
        let newlyApproved = assembly.approvals.adopt(free: effective.freeNamespaces)
        if newlyApproved { assembly.endpoints.shelf.showApproved() }
        let endpoint = try assembly.endpoints.endpoint(for: effective, authenticator: accepts)

        // From here on nothing can fail.
        authenticator = accepts
        running = effective
        assembly.endpoints.operations.trail?.adopt(AuditAssembly.settings(of: effective))
        assembly.endpoints.sessions.adopt(effective.limits.sessionStore)
        assembly.endpoints.spent.adopt(effective.limits.spentStates)
        assembly.endpoints.hub.adopt(effective.limits.subscriptionHub)
        if let level = Logger.Level(rawValue: effective.observability.logLevel) { threshold.level = level }
        let former = next.map { assembly.sources.replace(with: $0) }
        assembly.handler.replace(with: endpoint)
        // They belong to views, issuers and plugins that may be others now: clients open them anew. Where only approvals
        // are new, streams stay, for they tell of that.
        if !newlyApproved || !change.reloaded.isEmpty {
            assembly.endpoints.hub.endAll()
            assembly.endpoints.sessions.endQuestions()
        }
        report(change)
        return former
    }

    private func report(_ change: ConfigurationChange) {
        let keys = change.reloaded.joined(separator: ", ")
        logger.notice("configuration reloaded", metadata: ["changed": "\(keys.isEmpty ? "nothing" : keys)"])
        guard !change.waiting.isEmpty else { return }
        logger.warning(
            "some changes of the configuration need a restart",
            metadata: ["changed": "\(change.waiting.joined(separator: ", "))"]
        )
    }

    private func refuse(_ lines: [String]) {
        logger.error("configuration not reloaded; the former one stays", metadata: ["faults": "\(lines.count)"])
        for line in lines { logger.error("\(line)") }
    }
}

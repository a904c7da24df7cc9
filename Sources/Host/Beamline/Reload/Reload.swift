import AuditTrail
import Authentication
import GatewayConfiguration
import Logging
import MCPServer
import Observability
import Provenance
import PluginHosting

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

    /// What a reload has put out of use: to be ended when nobody uses it any more.
    struct Leftovers: Sendable {
        var sources: SourceGeneration?
        /// The namespaces of plugins that were taken out.
        var plugins: Set<String> = []
    }

    /// Reads the configuration again and takes it over, and plugins that lie in the places of those in workers.
    mutating func perform() async -> Leftovers {
        do {
            return try await takeOver(try ConfigurationFile.read(path))
        } catch let faults as ConfigurationFaults {
            refuse(faults.lines)
        } catch let failure as CommandFailure {
            refuse(failure.lines)
        } catch {
            refuse(["\(error)"])
        }
        return Leftovers()
    }

    private mutating func takeOver(_ wanted: Configuration) async throws -> Leftovers {
        let plugins = PluginReload(
            loader: assembly.loader,
            shelf: assembly.endpoints.shelf,
            approvals: assembly.approvals,
            directory: assembly.directory
        )
        let change = ConfigurationChange(
            from: running,
            to: wanted,
            replaceable: plugins.replaceable,
            loads: true
        )
        let effective = change.effective
        let faults = FileCheck.faults(of: effective)
        guard faults.isEmpty else { throw ConfigurationFaults(faults) }
        let accepts =
            change.touches(["identity", "issuers", "limits"])
            ? try assembly.endpoints.authenticator(for: effective) : authenticator
        let next =
            change.touches(["sources", "plugins", "issuers", "trust", "limits"])
            ? try SourceGeneration(
                of: effective,
                plugins: assembly.directory,
                acting: assembly.acting,
                metrics: assembly.endpoints.operations.sources,
                logger: logger
            ) : nil
        let upcoming = UpcomingSources(next)
        let newlyApproved = assembly.approvals.adopt(free: effective.freeNamespaces)
        if newlyApproved { assembly.endpoints.shelf.showApproved() }
        var prepared = PluginReload.Prepared()
        let endpoint: FrontDoor
        do {
            prepared = try await plugins.prepare(
                try PluginAssembly.requests(
                    of: effective,
                    sources: PluginSources(assembly.sources, upcoming: upcoming),
                    directory: assembly.directory,
                    logger: logger
                ),
                known: Set(running.plugins.map(\.namespace))
            )
            endpoint = try assembly.endpoints.endpoint(
                for: effective,
                authenticator: accepts,
                replacements: prepared.plugins
            )
        } catch {
            await plugins.discard(prepared)
            upcoming.end()
            await next?.close()
            throw error
        }

        // From here on nothing can fail.
        authenticator = accepts
        running = effective
        assembly.endpoints.operations.trail?.adopt(AuditAssembly.settings(of: effective))
        assembly.endpoints.operations.auditSearch?.adopt(AuditAssembly.searchLimits(of: effective))
        assembly.endpoints.operations.provenance?.adopt(ProvenanceAssembly.settings(of: effective))
        assembly.endpoints.sessions.adopt(effective.limits.sessionStore)
        assembly.endpoints.spent.adopt(effective.limits.spentStates)
        assembly.endpoints.hub.adopt(effective.limits.subscriptionHub)
        if let level = Logger.Level(rawValue: effective.observability.logLevel) { threshold.level = level }
        let former = next.map { assembly.sources.replace(with: $0) }
        upcoming.end()
        await plugins.commit(prepared, logger: logger)
        assembly.endpoints.shelf.expect(effective.plugins)
        // A block of a plugin by its id counts for one that is put in now.
        assembly.blockKeeper.applyKnown()
        assembly.handler.replace(with: endpoint)
        // They belong to views, issuers and plugins that may be others now: clients open them anew. Where only approvals
        // are new, streams stay, for they tell of that.
        if !newlyApproved || !change.reloaded.isEmpty {
            assembly.endpoints.hub.endAll()
            assembly.endpoints.sessions.endQuestions()
        }
        report(change)
        return Leftovers(sources: former, plugins: plugins.takeOut(effective))
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

import UnixSignals
import AdminServer
import AuditTrail
import ArgumentParser
import Authentication
import GatewayConfiguration
import HTTPServer
import Logging
import MCPServer
import Observability
import Provenance
import ServiceLifecycle

/// `beamline serve`: runs the gateway until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway. SIGHUP reloads the configuration; SIGTERM lets running calls end and exits with 0."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(name: .customLong("json"), help: "Write the log as JSON lines, whatever the configuration says.")
    var isJSON = false

    func run() async throws {
        let configuration = try options.read()
        // Trapped before anything else: a signal that comes early is kept, not fatal.
        let hangups = await UnixSignalsSequence(trapping: .sighup)
        let format: LogFormat = isJSON || configuration.observability.logFormat == .json ? .json : .text
        let writer = LogWriter(format: format)
        let threshold = LogSetup.start(
            level: Logger.Level(rawValue: configuration.observability.logLevel) ?? .info,
            format: format,
            writer: writer
        )
        do {
            try await serve(configuration, hangups, writer, threshold)
        } catch {
            await writer.flush()
            throw error
        }
        await writer.flush()
    }

    private func serve(
        _ configuration: Configuration,
        _ hangups: UnixSignalsSequence,
        _ writer: LogWriter,
        _ threshold: LogThreshold
    ) async throws {
        let logger = Logger(label: "beamline")
        let trail = try AuditAssembly.trail(of: configuration)
        let provenance = try ProvenanceAssembly.book(of: configuration)
        let operations = Operations(
            writer: writer,
            threshold: threshold,
            trail: trail,
            auditSearch: AuditAssembly.search(of: configuration),
            provenance: provenance
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: GatewayService(
                            path: options.path,
                            configuration: configuration,
                            operations: operations,
                            threshold: threshold,
                            hangups: hangups,
                            logger: logger
                        ),
                        successTerminationBehavior: .gracefullyShutdownGroup
                    )
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "beamline.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        try await group.run()
        await trail?.flush()
        await provenance?.close()
        logger.info("stopped")
    }
}

/// The gateway as a service: started once signals are heeded, so that none ends it half built.
///
/// A shutdown lets running calls end, then releases everything below.
private struct GatewayService: Service {
    let path: String
    let configuration: Configuration
    let operations: Operations
    let threshold: LogThreshold
    let hangups: UnixSignalsSequence
    let logger: Logger

    func run() async throws {
        let assembly = try await start()
        let reload = Reload(
            path: path,
            running: configuration,
            assembly: assembly,
            threshold: threshold,
            logger: logger
        )
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await ReloadService(hangups: hangups, reload: reload, loader: assembly.loader).run()
                }
                group.addTask {
                    try await HealthUpkeep(
                        shelf: assembly.endpoints.shelf,
                        interval: configuration.limits.pluginHealthInterval,
                        limit: configuration.limits.pluginHealthTime
                    ).run()
                }
                group.addTask {
                    try await CatalogUpkeep(changes: assembly.listChanges, shelf: assembly.endpoints.shelf).run()
                }
                group.addTask { await assembly.watches.run() }
                group.addTask { await assembly.blockKeeper.run() }
                group.addTask { await assembly.actKeeper.run() }
                group.addTask { await FoundPlugins.report(configuration, logger: logger) }
                group.addTask { await assembly.endpoints.authorization?.prune() }
                try await assembly.listener.run()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            assembly.readiness.beginShutdown()
            assembly.endpoints.hub.close()
            // The handler is synchronous; the shutdown it begins ends `run` above.
            Task { await assembly.listener.shutdown() }
        }
        await assembly.stop()
    }

    private func start() async throws -> Assembly {
        do {
            let assembly = try await Assembly.start(configuration, operations: operations, logger: logger)
            logger.info(
                "listening",
                metadata: ["url": "\(configuration.server.publicURL)/mcp", "port": "\(assembly.listener.port)"]
            )
            if let admin = assembly.admin {
                logger.info("admin listening", metadata: ["host": "\(admin.host)", "port": "\(admin.port)"])
            }
            return assembly
        } catch let error as ListenerError {
            throw CommandFailure.unreachable("The gateway cannot listen: \(error). Change server.host or server.port.")
        } catch let error as DevelopmentIssuerError {
            throw CommandFailure.notInOrder("\(error)")
        }
    }
}

import UnixSignals
import ArgumentParser
import Authentication
import GatewayConfiguration
import HTTPServer
import Logging
import Observability
import ServiceLifecycle

/// `beamline serve`: runs the gateway until it is told to stop.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the gateway. SIGTERM lets running calls end and exits with 0."
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(name: .customLong("json"), help: "Write the log as JSON lines, whatever the configuration says.")
    var isJSON = false

    func run() async throws {
        let configuration = try options.read()
        LogSetup.start(
            level: Logger.Level(rawValue: configuration.observability.logLevel) ?? .info,
            format: isJSON || configuration.observability.logFormat == .json ? .json : .text
        )
        let logger = Logger(label: "beamline")
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(
                        service: GatewayService(configuration: configuration, logger: logger),
                        successTerminationBehavior: .gracefullyShutdownGroup
                    )
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "beamline.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        try await group.run()
        logger.info("stopped")
    }
}

/// The gateway as a service: started once signals are heeded, so that none ends it half built; a shutdown lets running
/// calls end, then releases everything below.
private struct GatewayService: Service {
    let configuration: Configuration
    let logger: Logger

    func run() async throws {
        let assembly = try await start()
        logger.info(
            "listening",
            metadata: ["url": "\(configuration.server.publicURL)/mcp", "port": "\(assembly.listener.port)"]
        )
        try await withGracefulShutdownHandler {
            try await assembly.listener.run()
        } onGracefulShutdown: {
            // The handler is synchronous; the shutdown it begins ends `run` above.
            Task { await assembly.listener.shutdown() }
        }
        await assembly.stop()
    }

    private func start() async throws -> Assembly {
        do {
            return try await Assembly.start(configuration, logger: logger)
        } catch let error as ListenerError {
            throw CommandFailure.unreachable("The gateway cannot listen: \(error). Change server.host or server.port.")
        } catch let error as DevelopmentIssuerError {
            throw CommandFailure.notInOrder("\(error)")
        }
    }
}

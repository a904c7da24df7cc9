import ArgumentParser
import Authentication
import Diagnosis
import GatewayConfiguration
import GatewayCore
import MCPServer

/// `beamline doctor`: tries everything that a gateway of a configuration needs, and says what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Try the issuers, sources, plugins, state and public URL of a configuration, and say how to mend them.",
        discussion: """
            It changes nothing and needs no running gateway, but then its public URL cannot be tried. Run it as the \
            gateway's user. At the end stand the lines that an Apache or nginx in front of the gateway needs.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let configuration = try options.read()
        guard let publicURL = PublicAddress.parse(configuration.server.publicURL) else {
            throw CommandFailure.notInOrder(
                "server.publicURL: must be an http or https URL such as https://gw.example.org"
            )
        }
        let report = DiagnosisReport(
            await findings(configuration, publicURL),
            proxy: Self.proxy(configuration, publicURL)
        )
        if output.isJSON {
            Output.json(report.json)
        } else {
            for line in report.lines { Output.line(line) }
            for text in [report.proxy.apache, report.proxy.nginx] { Output.line("\n\(text)") }
        }
        switch report.outcome {
        case .inOrder: break
        case .notInOrder: throw CommandFailure(CommandFailure.Code.notInOrder, [])
        case .unreachable: throw CommandFailure(CommandFailure.Code.unreachable, [])
        }
    }

    private func findings(_ configuration: Configuration, _ publicURL: PublicURL) async -> [Finding] {
        var findings = await ConfigurationDoctor.findings(configuration)
        findings += await StateDoctor(configuration: configuration).findings()
        // Whoever does not answer costs the time of its own limit, and not all of them one after the other.
        async let issuers = IssuerDoctor(configuration: configuration).findings()
        async let sources = SourceDoctor(configuration: configuration).findings()
        async let address = PublicURLDoctor(configuration: configuration, publicURL: publicURL).findings()
        findings += await PluginDoctor.findings(configuration)
        return await findings + issuers + sources + address
    }

    private static func proxy(_ configuration: Configuration, _ publicURL: PublicURL) -> ProxyLines {
        let host = configuration.server.host
        // What listens on every address is reached on this machine.
        let reached = ["0.0.0.0", "::", ""].contains(host) ? "127.0.0.1" : host.contains(":") ? "[\(host)]" : host
        return ProxyLines(
            backend: "http://\(reached):\(configuration.server.port)",
            prefix: publicURL.prefix,
            views: ViewAssembly.views(of: configuration, namespaces: configuration.plugins.map(\.namespace)).map(
                \.path
            ),
            isAuthorizationServer: configuration.isAuthorizationServer,
            bodyBytes: configuration.limits.requestBodyBytes,
            keepAlive: configuration.limits.streams.keepAlive.components.seconds
        )
    }
}

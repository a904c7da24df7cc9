import JSON
import TestSupport

/// A login site whose ATLAS monitor is asked for each caller; roles come from one login and tokens from another.
struct ActingSite: Sendable {
    let site: LoginSite
    let monitor: GuardedMonitor

    /// The call that is made, and a job that the recorded answers have.
    static let tool = "atlas_panda_study_job"
    static let arguments: JSONValue = ["pandaid": 6_800_730_400]
    static let portal = "{kind: user_token, label: The portal, prefix: gt-, help: \"Ask the portal.\"}"

    /// Starts a site whose monitor accepts the provider's tokens, and those that begin with `gt-good`.
    static func start(_ credentials: String, stateLines: [String] = []) async throws -> ActingSite {
        let provider = try await FakeProvider.start()
        let monitor = try await GuardedMonitor.start { token in
            token.hasPrefix("gt-good") || provider.tokenDesk.holder(of: token) != nil
        }
        let site = try await LoginSite.start(
            at: provider,
            further: """
                roles:
                - {issuer: good, group: epic-members, role: atlas.user}
                - {issuer: exchanging, group: epic-members, role: atlas.user}
                """
        ) { settings in
            settings.monitorPort = monitor.port
            settings.monitorCredentials = credentials
            settings.stateLines = stateLines
        }
        return ActingSite(site: site, monitor: monitor)
    }

    var desk: TokenDesk { site.provider.tokenDesk }

    /// Somebody with a browser in which they are logged in, and a token of a client of theirs.
    func person(at behaviour: FakeProvider.Behaviour = .good) async throws -> (browser: Browser, token: String) {
        var browser = Browser(site)
        let client = try await TestClient(site)
        let token = try await client.token(of: &browser, at: behaviour, scope: "atlas:read")
        return (browser, token)
    }

    /// The same site as another gateway with its database serves it.
    func second() async throws -> ActingSite {
        let (path, port) = try SharedDatabase.configuration(beside: site.gateway)
        let gateway = try await GatewayProcess.start(configuration: path, port: port)
        let replica = LoginSite(gateway: gateway, provider: site.provider, accountKey: site.accountKey)
        return ActingSite(site: replica, monitor: monitor)
    }

    /// The result of the call.
    func call(_ token: String) async throws -> JSONValue {
        try await site.gateway.call(Self.tool, Self.arguments, token: token)
    }

    /// The error of the call; nil when it was carried out.
    func error(_ token: String) async throws -> JSONValue? {
        try await call(token)["structuredContent"]?["error"]
    }

    /// The trail of ATLAS, once it has so many lines of an event.
    func trail(_ event: String, _ count: Int) async throws -> [JSONValue] {
        try await Polling.wait(for: "the trail") {
            let run = try await ProgramRun.run(
                BuiltPrograms.path(of: BuiltPrograms.gateway),
                ["audit", "search", "--config", site.gateway.configuration, "--namespace", "atlas"]
            )
            let lines = run.output.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
            let found = lines.filter { $0["event"]?.string == event }
            return found.count >= count ? found : nil
        }
    }
}

import Policy
import PluginHosting
import ArgumentParser
import Authentication
import AuthorizationServer
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import JSON
import MCPServer
import OutboundHTTP

/// `beamline policy …`: what the rules say.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Ask the policy.",
        subcommands: [PolicyExplainCommand.self, PolicyTestCommand.self]
    )
}

/// `beamline policy explain`: whether a caller may call a tool, and by which rule.
struct PolicyExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say whether a caller may call a tool, and by which rule; exit 1 when not."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(name: .customLong("role"), help: "A role the caller has; may be repeated. It has all scopes of its roles.")
    var roles: [String] = []

    @Option(name: .customLong("token-file"), help: "A file with the caller's access token, instead of roles.")
    var tokenFile: String?

    @Option(help: "The tool's name with its namespace, such as epic_panda_list_jobs.")
    var tool: String

    func validate() throws {
        guard roles.isEmpty != (tokenFile == nil) else {
            throw ValidationError("Give either --role (one or more) or --token-file.")
        }
    }

    func run() async throws {
        let configuration = try options.read()
        let parts = tool.split(separator: "_", maxSplits: 1)
        guard parts.count == 2 else { throw CommandFailure.usage("--tool: must be NAMESPACE_TOOL.") }
        let item = ItemReference(kind: .tool, namespace: String(parts[0]), localName: String(parts[1]))
        let (explanation, isDestructive) = try await OfflinePlugins.with(configuration) { outcomes in
            let plugins = outcomes.compactMap { try? $0.result.get() }
            let tools = plugins.first { $0.namespace == item.namespace }?.tools ?? []
            guard let found = tools.first(where: { $0.localName == item.localName }) else {
                throw CommandFailure.notInOrder("No enabled plugin has a tool \(tool).")
            }
            let policy = try PluginAssembly.policy(plugins, configuration, clock: SystemWallClock())
            try KnownWords.check(roles, "--role", among: policy.knownRoles)
            let principal = try await principal(configuration, policy)
            return (policy.explain(item, for: principal), found.isDestructive)
        }
        // What destroys something needs a person's consent, which the rules cannot give.
        let isAllowed = explanation.decision == .allowed && !isDestructive
        let reason =
            explanation.reason + (isDestructive ? " The tool may destroy something, so a person must agree." : "")
        let site =
            explanation.siteRules.isEmpty
            ? "" : " and the site's \"\(explanation.siteRules.joined(separator: "\", \""))\""
        let rule = (explanation.rule.map { "rule \"\($0.match)\"" } ?? "no rule") + site
        if output.isJSON {
            Output.json([
                "tool": .string(tool), "allowed": .bool(isAllowed), "visible": .bool(explanation.decision.isVisible),
                "rule": explanation.rule.map { .string($0.match) } ?? .null,
                "site_rules": .array(explanation.siteRules.map(JSONValue.string)), "reason": .string(reason),
            ])
        } else {
            Output.line("\(isAllowed ? "allowed" : "not allowed") by \(rule): \(reason)")
        }
        guard isAllowed else { throw CommandFailure(CommandFailure.Code.notInOrder, []) }
    }

    private func principal(_ configuration: Configuration, _ policy: PolicyEvaluator) async throws -> Principal {
        guard let tokenFile else {
            return Principal(
                issuer: "policy explain",
                subject: "somebody",
                roles: Set(roles),
                scopes: Set(policy.scopes(availableTo: Set(roles)))
            )
        }
        let token = try TokenFile.read(tokenFile)
        let outbound = try SourceAssembly.outbound(of: configuration)
        let authenticator = try await authenticator(configuration, policy, outbound)
        let outcome = await authenticator.authenticate(PresentedCredentials(authorization: ["Bearer \(token)"]))
        await outbound.shutdown()
        switch outcome {
        case .principal(let principal, _): return principal
        case .refused(let refusal): throw CommandFailure.notInOrder("\(refusal.errorDescription) (\(refusal.rawValue))")
        case .anonymous, .malformed: throw CommandFailure.notInOrder("\(tokenFile) does not hold an access token.")
        }
    }

    /// Who accepts what the running gateway accepts: tokens of issuers, of the development issuer, of its own grants.
    private func authenticator(
        _ configuration: Configuration,
        _ policy: PolicyEvaluator,
        _ outbound: OutboundClient
    ) async throws -> BearerAuthenticator {
        let resource = try PublicAddress.resource(of: configuration)
        var records = try IssuerAssembly.records(of: configuration, resource: resource)
        var development: DevelopmentLogin?
        if configuration.identity.isDevelopment {
            let key = StateFolder.developmentKey(in: configuration.state.directory)
            guard let issuer = try? DevelopmentIssuer.load(keyFile: key) else {
                throw CommandFailure.unreachable(
                    "The development issuer's key cannot be read; start the gateway first."
                )
            }
            let login = DevelopmentLogin(issuer, configuration.identity.developmentUser, policy)
            records.append(login.record)
            development = login
        }
        guard configuration.isAuthorizationServer, let publicURL = PublicAddress.parse(configuration.server.publicURL)
        else { return try BearerAuthenticator(issuers: records, fetch: outbound) }
        let (store, clock) = (try await StateAssembly.store(of: configuration.state), SystemWallClock())
        var settings = try IdentityAssembly.settings(of: configuration, publicURL, policy, at: clock.now)
        if let development { settings.providers.append(development.provider) }
        let standings = GrantStandings(store: store, clock: clock)
        let limits = configuration.limits.authentication
        standings.adopt(settings, IdentityReader(providers: records, fetch: outbound, limits: limits))
        return try BearerAuthenticator(
            issuers: [IdentityAssembly.ownRecord(publicURL, configuration.identity.lifetimes)] + records,
            fetch: OwnKeys(
                url: publicURL.text + "/jwks.json",
                keys: SigningKeys(store: store, clock: clock, lifetimes: settings.lifetimes),
                outside: outbound
            ),
            grants: standings,
            revocations: ForeignRevocations(store: store, outage: .zero)
        )
    }
}

/// A file that holds one access token.
enum TokenFile {
    static func read(_ path: String) throws -> String {
        guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
            throw CommandFailure.usage("The token file \(path) cannot be read.")
        }
        return String(text.filter { !$0.isWhitespace })
    }
}

import Authentication
import GatewayConfiguration
import GatewayCore
import PluginHosting
import Policy

/// Tries the rows of a file of policy tests with the plugins' rules and the site's.
struct PolicyTests {
    /// What came of it.
    struct Outcome {
        /// How many questions were asked.
        var asked = 0
        /// What was answered otherwise than it must be, each with its place.
        var failures: [ConfigurationFault] = []
    }

    let configuration: Configuration

    /// Loads the plugins and tries all rows of a file.
    /// - Throws: `CommandFailure` when the file, or the rules, cannot be used at all.
    func run(_ path: String) async throws -> Outcome {
        let rows: [PolicyTestRow]
        do {
            rows = try PolicyTestFile.read(path)
        } catch {
            throw CommandFailure(CommandFailure.Code.notInOrder, error.lines)
        }
        return try await OfflinePlugins.with(configuration) { outcomes in
            let plugins = outcomes.compactMap { try? $0.result.get() }
            let policy = try PluginAssembly.policy(plugins, configuration, clock: SystemWallClock())
            var outcome = Outcome()
            for row in rows { try ask(row, plugins, policy, &outcome) }
            return outcome
        }
    }

    private func ask(
        _ row: PolicyTestRow,
        _ plugins: [LoadedPlugin],
        _ policy: PolicyEvaluator,
        _ outcome: inout Outcome
    ) throws {
        func fail(_ message: String) { outcome.failures.append(ConfigurationFault(row.place, message)) }
        let roles = Set(row.roles + (try mapped(row)))
        for role in row.roles where !policy.knownRoles.contains(role) {
            fail("no plugin has the role \(role)")
        }
        for scope in row.scopes ?? [] where !policy.knownScopes.contains(scope) {
            fail("no plugin has the scope \(scope)")
        }
        let principal = row.isAnonymous ? Principal.anonymous : principal(row, roles, policy)
        for name in row.tools {
            outcome.asked += 1
            let parts = name.split(separator: "_", maxSplits: 1).map(String.init)
            let plugin = plugins.first { $0.namespace == parts.first }
            guard parts.count == 2, let tool = plugin?.tools.first(where: { $0.localName == parts[1] }) else {
                fail("no enabled plugin has a tool \(name)")
                continue
            }
            let test = PolicyTest(
                item: ItemReference(kind: .tool, namespace: parts[0], localName: parts[1]),
                isDestructive: tool.isDestructive,
                principal: principal,
                expectation: PolicyTest.Expectation(rawValue: row.expectation.rawValue) ?? .denied
            )
            test.failure(under: policy).map(fail)
        }
    }

    private func principal(_ row: PolicyTestRow, _ roles: Set<String>, _ policy: PolicyEvaluator) -> Principal {
        Principal(
            issuer: row.issuer ?? "policy test",
            subject: "somebody",
            roles: roles,
            scopes: Set(row.scopes ?? policy.scopes(availableTo: roles)),
            authenticatedAt: SystemWallClock().now - row.authenticationAge.components.seconds
        )
    }

    /// The roles that the groups of a row have at its issuer.
    private func mapped(_ row: PolicyTestRow) throws -> [String] {
        guard let id = row.issuer else { return [] }
        guard let issuer = configuration.issuers.first(where: { $0.id == id }) else {
            throw CommandFailure.notInOrder("\(row.place): `\(id)` is no name under `issuers`")
        }
        return issuer.roles.filter { row.groups.contains($0.group) }.map(\.role)
    }
}

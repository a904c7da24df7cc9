import ArgumentParser
import Authentication
import AuthorizationServer
import FoundationEssentials
import GatewayConfiguration
import GatewayState
import JSON

/// `beamline revoke`: ends what the gateway granted until now.
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End what a person, a client or an issuer has, or one grant; in force within a second.",
        discussion: "Also tokens that another issuer made until now are refused from then on."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "A person, by the subject that the issuer knows.")
    var subject: String?

    @Option(help: "A client, by its client id.")
    var client: String?

    @Option(help: "One grant, by its id in the log; or one token of another issuer, by its jti or sid.")
    var grant: String?

    @Option(help: "An issuer, by its name under `issuers` or its iss.")
    var issuer: String?

    func validate() throws {
        guard [subject, client, grant, issuer].compactMap(\.self).count == 1 else {
            throw ValidationError("Give one of --subject, --client, --grant and --issuer.")
        }
    }

    func run() async throws {
        let configuration = try options.read()
        guard configuration.isAuthorizationServer || !configuration.issuers.isEmpty else {
            throw CommandFailure.notInOrder("This gateway takes tokens of no issuer.")
        }
        let store = try await StateAssembly.store(of: configuration.state)
        defer { store.close() }
        let now = SystemWallClock().now
        do {
            try await revoke(in: store, configuration, at: now)
            try await store.add(
                OperatorActRecord(
                    id: Secret.identifier(),
                    name: .revoked,
                    details: details,
                    performedAt: now
                )
            )
        } catch {
            throw CommandFailure.notInOrder("The state cannot be written: \(error)")
        }
        if output.isJSON {
            Output.json(["ok": true])
        } else {
            Output.line("Revoked. Whoever logs in again, or gets a new token, is let in.")
        }
    }

    /// What the audit trail says of it.
    private var details: [String: String] {
        var details = ["by": ProcessInfo.processInfo.userName]
        for (name, value) in [("subject", subject), ("client", client), ("grant", grant), ("issuer", issuer)] {
            details["revoked_\(name)"] = value
        }
        return details
    }

    private func revoke(
        in store: StateStore,
        _ configuration: Configuration,
        at now: Int64
    ) async throws(StateError) {
        if let grant {
            try await store.endGrant(grant, at: now)
            try await store.revoke(.grant, grant, at: now)
        }
        if let subject { try await store.revoke(.subject, subject, at: now) }
        if let client { try await store.revoke(.client, client, at: now) }
        guard let issuer else { return }
        // Grants know the site's name of their issuer, and tokens what the issuer calls itself.
        let texts = configuration.issuers.filter { $0.id == issuer }.flatMap(\.issuers)
        for name in [issuer] + texts { try await store.revoke(.issuer, name, at: now) }
    }
}

import ArgumentParser
import Authentication
import GatewayConfiguration
import GatewayState
import JSON

/// `beamline revoke`: ends what the gateway granted until now.
struct RevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End grants of a person, a client or an issuer, or one grant; in force within a second."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "A person, by the subject that the issuer knows.")
    var subject: String?

    @Option(help: "A client, by its client id.")
    var client: String?

    @Option(help: "One grant, by its id in the log.")
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
        guard configuration.isAuthorizationServer else {
            throw CommandFailure.notInOrder("This gateway grants nothing: no issuer has a login.")
        }
        let store = try await StateAssembly.store(of: configuration.state)
        defer { store.close() }
        do {
            try await revoke(in: store, at: SystemWallClock().now)
        } catch {
            throw CommandFailure.notInOrder("The state cannot be written: \(error)")
        }
        if output.isJSON {
            Output.json(["ok": true])
        } else {
            Output.line("Revoked. Whoever logs in again gets a new grant.")
        }
    }

    private func revoke(in store: StateStore, at now: Int64) async throws(StateError) {
        if let grant { try await store.endGrant(grant, at: now) }
        if let subject { try await store.revoke(.subject, subject, at: now) }
        if let client { try await store.revoke(.client, client, at: now) }
        if let issuer { try await store.revoke(.issuer, issuer, at: now) }
    }
}

import ArgumentParser
import Authentication
import AuthorizationServer
import FoundationEssentials
import GatewayConfiguration
import GatewayState
import JSON

/// `beamline keys`: the keys of the gateway's own tokens.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Change the keys of the gateway's own tokens.",
        subcommands: [KeysRotateCommand.self]
    )
}

/// `beamline keys rotate`: a new signing key at once, for when the present ones may be known to others.
struct KeysRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Sign with a new key on every gateway within a second, in an emergency.",
        discussion: """
            Tokens that were signed until now hold until they expire, unless --revoke-all is given: then nothing holds \
            that the gateway gave out, and everybody logs in again. The keys change by themselves as a matter of \
            routine (identity.lifetimes.signing_key).
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Flag(
        help: """
            Also end everything that was given out or begun until now: tokens, refresh tokens, logins in browsers and \
            under way, device codes, consents.
            """
    )
    var revokeAll = false

    @Option(help: "Why, for the operators; callers are not told.")
    var reason: String?

    func validate() throws {
        if reason != nil { try ReasonText.check(reason) }
    }

    func run() async throws {
        let configuration = try options.read()
        guard configuration.isAuthorizationServer else {
            throw CommandFailure.notInOrder(
                "This gateway gives out no tokens: no issuer has a `login`, and there are no service accounts."
            )
        }
        let store = try await StateAssembly.store(of: configuration.state)
        defer { store.close() }
        let rotation = EmergencyRotation(
            store: store,
            clock: SystemWallClock(),
            lifetimes: IdentityAssembly.lifetimes(configuration.identity.lifetimes)
        )
        let key: String
        do {
            key = try await rotation.run(
                revokingEverything: revokeAll,
                by: ProcessInfo.processInfo.userName,
                reason: reason ?? ""
            )
        } catch {
            throw CommandFailure.notInOrder("The state cannot be written: \(error)")
        }
        report(key, configuration)
    }

    private func report(_ key: String, _ configuration: Configuration) {
        // Static keys stand in the configuration: nothing in the state can end them.
        let accounts = configuration.identity.accounts.filter { !$0.keyDigests.isEmpty }.map(\.id)
        guard !output.isJSON else {
            return Output.json([
                "ok": true, "key": .string(key), "revoked_all": .bool(revokeAll),
                "static_keys": .array(accounts.map { .string($0) }),
            ])
        }
        Output.line("Every gateway with this state signs with the key \(key) within a second.")
        guard revokeAll else { return }
        Output.line("Nothing holds that was given out until now; whoever logs in again is let in.")
        if !accounts.isEmpty {
            Output.line(
                """
                The static keys of these service accounts go on; put others in the configuration if they may be known: \
                \(accounts.joined(separator: ", "))
                """
            )
        }
    }
}

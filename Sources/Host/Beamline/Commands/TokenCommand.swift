import JSON
import Policy
import ArgumentParser
import Authentication
import GatewayConfiguration

/// `beamline token`: an access token of the development issuer.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Print an access token of the development issuer of a running gateway (loopback only)."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Who the token is for.")
    var subject: String

    @Option(name: .customLong("role"), help: "A role, such as epic.user; may be repeated.")
    var roles: [String] = []

    @Option(
        name: .customLong("scope"),
        help: "A scope, such as epic:read; may be repeated. Default: all the roles may have."
    )
    var scopes: [String] = []

    @Option(name: .customLong("ttl"), help: "How long the token is valid, such as 10m or 1h.")
    var lifetime = "1h"

    func run() async throws {
        let configuration = try options.read()
        guard configuration.identity.isDevelopment else {
            throw CommandFailure.notInOrder(
                "This configuration has no development issuer; set identity.development to true, or log in at the issuer."
            )
        }
        guard let lifetime = DurationText.parse(lifetime) else {
            throw CommandFailure.usage("--ttl: must be a time such as 10m or 1h.")
        }
        let policy = try await OfflinePlugins.policy(of: configuration)
        try KnownWords.check(roles, "--role", among: policy.knownRoles + configuration.audit.officers)
        try KnownWords.check(scopes, "--scope", among: policy.knownScopes)
        let issuer: DevelopmentIssuer
        do {
            issuer = try DevelopmentIssuer.load(keyFile: StateFolder.developmentKey(in: configuration.state.directory))
        } catch {
            throw CommandFailure.unreachable(
                "The development issuer's key cannot be read; start the gateway with `beamline serve` first. (\(error))"
            )
        }
        let token: String
        do {
            token = try await issuer.token(
                subject: subject,
                roles: roles,
                scopes: scopes.isEmpty ? policy.scopes(availableTo: Set(roles)) : scopes,
                lifetime: lifetime.components.seconds
            )
        } catch .badLifetime(let longest) {
            throw CommandFailure.usage("--ttl: must be from 1s to \(longest / 3600)h.")
        } catch .badSubject {
            throw CommandFailure.usage("--subject: must be 1 to 255 printable ASCII characters without spaces.")
        } catch {
            throw CommandFailure.notInOrder("The token cannot be signed (\(error)); start the gateway again.")
        }
        if output.isJSON {
            Output.json([
                "access_token": .string(token), "token_type": "Bearer",
                "expires_in": .integer(Int(lifetime.components.seconds)),
            ])
        } else {
            Output.line(token)
        }
    }
}

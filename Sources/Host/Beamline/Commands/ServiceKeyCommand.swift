import ArgumentParser
import AuthorizationServer
import JSON

/// `beamline service-key`: a new static key of a service account, and what the configuration keeps of it.
struct ServiceKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service-key",
        abstract: "Make a static key for a service account; only its digest belongs in the configuration."
    )

    @OptionGroup var output: OutputOptions

    @Argument(help: "The account, a name under identity.service_accounts.")
    var account: String

    func validate() throws {
        guard account.wholeMatch(of: /[a-z][a-z0-9-]{1,31}/) != nil else {
            throw ValidationError("The account has 2 to 32 of a-z, 0-9 and dashes, a letter first.")
        }
    }

    func run() {
        let key = ServiceKey.make(for: account)
        let digest = Secret.digest(key)
        if output.isJSON {
            Output.json(["key": .string(key), "key_sha256": .string(digest)])
        } else {
            Output.line("key (shown once): \(key)")
            Output.line("key_sha256: \(digest)")
        }
    }
}

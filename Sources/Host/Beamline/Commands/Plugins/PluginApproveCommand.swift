import Approvals
import ArgumentParser
import GatewayConfiguration
import JSON

/// `beamline plugin approve`: lets clients see what waits.
struct PluginApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve what waits of a plugin, as `plugin changes` shows it, and have the running gateway show it."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The namespace.")
    var name: String

    @Option(help: "One item alone, by its name or by kind and name as `plugin changes` prints them.")
    var item: String?

    func run() throws {
        let configuration = try options.read()
        _ = try ApprovalRecords.read(configuration, name)
        let approved: [ItemDefinition]
        do {
            let (name, item) = (name, item)
            approved = try ApprovalFile(in: configuration.state.directory).change { book in
                book.approveWaiting(of: name, item: item)
            }
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
        guard !approved.isEmpty else {
            throw CommandFailure.notInOrder(
                item.map { "\($0) of \(name) does not wait." } ?? "Nothing of \(name) waits for approval."
            )
        }
        let said = ReloadText.afterChange(configuration)
        if output.isJSON {
            Output.json(["namespace": .string(name), "approved": .array(approved.map { .string($0.key) })])
        } else {
            for definition in approved { Output.line(Printable.line("approved: \(definition.key)")) }
            Output.line(said)
        }
    }
}

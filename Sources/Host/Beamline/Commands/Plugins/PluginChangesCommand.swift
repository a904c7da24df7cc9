import Approvals
import ArgumentParser
import GatewayConfiguration
import JSON

/// `beamline plugin changes`: what the running gateway withholds of a plugin, and how it differs from what was approved.
struct PluginChangesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Show what waits for approval, beside what was approved; exit 1 when something waits."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The namespace.")
    var name: String

    func run() throws {
        let record = try ApprovalRecords.read(options.read(), name)
        let waiting = record.waiting.sorted { $0.key < $1.key }
        if output.isJSON {
            let items = waiting.map { key, definition -> JSONValue in
                ["item": .string(key), "approved": record.approved[key] ?? .null, "waiting": definition]
            }
            Output.json(["namespace": .string(name), "waiting": .array(items)])
        } else if waiting.isEmpty {
            Output.line("Nothing of \(name) waits for approval.")
        } else {
            for (key, definition) in waiting {
                Output.line(Printable.line(key))
                let lines = DefinitionDifference.lines(from: record.approved[key], to: definition)
                for line in lines { Output.line(Printable.line(line)) }
            }
        }
        guard waiting.isEmpty else {
            throw CommandFailure.notInOrder(
                "\(waiting.count) items wait: beamline plugin approve \(name) --config \(options.path)"
            )
        }
    }
}

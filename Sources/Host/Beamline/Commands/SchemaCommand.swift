import ArgumentParser
import GatewayConfiguration

/// `beamline schema`: what a configuration may say, for editors and for checks before a rollout.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the configuration."
    )

    @OptionGroup var output: OutputOptions

    func run() throws {
        if output.isJSON {
            Output.json(ConfigurationSchema.document)
        } else {
            Output.line(ReadableJSON.text(ConfigurationSchema.document))
        }
    }
}

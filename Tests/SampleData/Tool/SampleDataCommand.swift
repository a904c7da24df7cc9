internal import ArgumentParser

/// Makes the demo's databases and replays the services it asks.
@main
struct SampleDataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "beamline-sample-data",
        abstract: "Sample data for the demo: databases, and services that answer from records.",
        subcommands: [GenerateCommand.self, SchemaCommand.self, ServeCommand.self]
    )
}

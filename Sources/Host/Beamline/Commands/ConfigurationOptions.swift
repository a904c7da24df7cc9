import ArgumentParser
import GatewayConfiguration

/// `--config FILE`, the same for every command that reads it.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.")
    var path: String

    /// The configuration, or every fault of it as an error line.
    func read() throws -> Configuration {
        try Self.read(path)
    }

    /// The same for a file that is named another way.
    static func read(_ path: String) throws -> Configuration {
        do {
            return try ConfigurationFile.read(path)
        } catch {
            throw CommandFailure(CommandFailure.Code.notInOrder, error.lines)
        }
    }
}

/// `--json`, the same for every command that prints a result.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON instead of text.")
    var isJSON = false
}

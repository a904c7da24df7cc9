import ArgumentParser
import GatewayConfiguration
import JSON

/// `beamline policy test`: whether the rules allow what they must, and nothing that they must not.
struct PolicyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Try a file of policy tests; every failure with its line; exit 1 if there is any."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The file; default that of policy.tests.")
    var tests: String?

    func run() async throws {
        let configuration = try options.read()
        guard let path = tests ?? configuration.policy.tests else {
            throw CommandFailure.usage("Give --tests FILE, or policy.tests in the configuration.")
        }
        let outcome = try await PolicyTests(configuration: configuration).run(path)
        let lines = outcome.failures.map(\.description)
        if output.isJSON {
            Output.json([
                "ok": .bool(lines.isEmpty), "tests": .integer(outcome.asked),
                "failures": .array(lines.map(JSONValue.string)),
            ])
        } else if lines.isEmpty {
            Output.line("All \(outcome.asked) policy tests passed.")
        }
        guard lines.isEmpty else {
            throw CommandFailure(CommandFailure.Code.notInOrder, output.isJSON ? [] : lines)
        }
    }
}

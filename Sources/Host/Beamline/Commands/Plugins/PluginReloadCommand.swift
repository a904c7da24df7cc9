import ArgumentParser
import GatewayConfiguration
import JSON

/// `beamline plugin reload`: has the running gateway read its configuration again.
struct PluginReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Check the configuration and have the running gateway read it again, as SIGHUP does."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let configuration = try options.read()
        let faults = FileCheck.faults(of: configuration)
        guard faults.isEmpty else { throw CommandFailure(CommandFailure.Code.notInOrder, faults.map(\.description)) }
        guard case .told(let process) = try GatewayLock.reload(in: configuration.state.directory) else {
            throw CommandFailure.unreachable(
                "No gateway runs with the state folder \(configuration.state.directory); start it with `beamline serve`."
            )
        }
        if output.isJSON {
            Output.json(["told": .integer(Int(process))])
        } else {
            Output.line(ReloadText.told(process))
        }
    }
}

/// What is said of a reload that was asked for.
enum ReloadText {
    static func told(_ process: Int32) -> String {
        "The gateway (process \(process)) was told to reload; its log says what came of it."
    }

    /// Tells the gateway after a change that is made already: that it cannot be told is no failure of the change.
    static func afterChange(_ configuration: Configuration) -> String {
        do {
            switch try GatewayLock.reload(in: configuration.state.directory) {
            case .told(let process): return told(process)
            case .nobody: return "No gateway runs with this configuration; the change counts from its next start."
            }
        } catch let failure as CommandFailure {
            return "The running gateway could not be told to reload. " + failure.lines.joined(separator: " ")
        } catch {
            return "The running gateway could not be told to reload: \(error)"
        }
    }
}

import ArgumentParser
import GatewayConfiguration
import JSON

/// `beamline plugin disable`: takes a plugin out and keeps what the file says of it.
struct PluginDisableCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disable",
        abstract: "Take a plugin out of a running gateway and of every later start; its settings stay in the file."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The namespace.")
    var name: String

    func run() throws {
        let managed = try ManagedPlugins(options)
        guard let plugin = managed.plugin(name) else {
            let known = managed.configuration.plugins.map(\.namespace)
            throw CommandFailure.notInOrder("There is no plugin \(name); there are: \(known.joined(separator: ", ")).")
        }
        var told = "It was disabled already."
        if plugin.isEnabled {
            try managed.checkOwn(plugin)
            let edit = PluginEdit(namespace: name, values: [.init(name: "enabled", value: false)])
            let change = try managed.prepare(edit)
            try managed.make(change)
            told = ReloadText.afterChange(change.configuration)
        }
        if output.isJSON {
            Output.json(["namespace": .string(name), "enabled": false, "reload": .string(told)])
        } else {
            Output.line("\(name) is disabled. \(told)")
        }
    }
}

import ArgumentParser
import JSON
import PluginTemplates

/// `beamline plugin new`: a project that builds, passes `plugin check` and answers a call.
struct PluginNewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a plugin: a project with one tool, its tests and what it is built with."
    )

    @Option(help: "\(PluginProject.Language.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language: PluginProject.Language

    @Argument(help: "The plugin's name, which is the namespace it proposes: lower-case letters and digits.")
    var name: String

    @Option(help: "The folder to make; the plugin's name unless given.")
    var directory: String?

    @Option(help: "For Swift: the folder or URL of the package with PluginKit.")
    var package: String?

    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = directory ?? name
        do throws(PluginProject.Failure) {
            let project = try PluginProject(language, name: name, package: package)
            try project.write(to: folder)
            if output.isJSON {
                Output.json([
                    "directory": .string(folder), "files": .array(project.files.keys.sorted().map { .string($0) }),
                ])
            } else {
                Output.line(
                    "The plugin \(name) begins in \(folder). Next: cd \(folder) && make && make test && make check"
                )
            }
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
    }
}

extension PluginProject.Language: ExpressibleByArgument {}

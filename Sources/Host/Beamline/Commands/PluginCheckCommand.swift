import ArgumentParser
import FoundationEssentials
import PluginChecking
import PluginWire

/// `beamline plugin check`: everything a gateway and its callers expect of a plugin, tried on one.
struct PluginCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin: its file, its manifest and its behaviour; exit 1 when anything is an error.",
        discussion:
            "Its code runs within the walls of a worker. Beside the plugin, a folder check may have sources.json, arguments.json, queries.json and config.json."
    )

    @Argument(help: "The plugin's .so, or the folder it lies in.")
    var path: String

    @OptionGroup var output: OutputOptions

    @Option(help: "Also write the report as JUnit XML to this file.")
    var junit: String?

    @Flag(help: "Measure the tools: in the process, and in a worker.")
    var bench = false

    @Flag(help: "Look at the files only; none of the plugin's code runs.")
    var `static` = false

    @Option(help: "Where its code runs: worker, within the walls, or in-process, with all your rights.")
    var isolation = Isolation.worker

    @Option(help: "A wall without which nothing runs, beside those always there: landlock, namespaces or capabilities.")
    var requiredWall: [String] = []

    @Option(help: "Make only these checks; repeat it for several.")
    var only: [String] = []

    @Option(help: "How long a cancelled call may take to end, in milliseconds.")
    var patience = 10_000

    @Option(help: "How long one check may take, in seconds.")
    var budget = 60

    @Option(help: "How many calls look for leaks.")
    var leakCalls = 10_000

    @Option(help: "The newest symbol version of the C library that is allowed.")
    var glibc = "2.36"

    @Option(help: "The newest symbol version of the C++ library that is allowed.")
    var glibcxx = "3.4.30"

    /// The words of the key `isolation` of a plugin that say where it runs.
    enum Isolation: String, ExpressibleByArgument, CaseIterable {
        case worker
        case inProcess = "in-process"
    }

    func validate() throws {
        for word in requiredWall where !SandboxLayers.words.contains(word) {
            throw ValidationError(
                "There is no wall \(word); there are \(SandboxLayers.words.joined(separator: ", "))."
            )
        }
        for name in only where !PluginChecker.checks.contains(name) {
            throw ValidationError(
                "There is no check \(name); there are \(PluginChecker.checks.joined(separator: ", "))."
            )
        }
        guard !(bench && `static`) else { throw ValidationError("Nothing can be measured when nothing runs.") }
        guard patience > 0, budget > 0, leakCalls > 0 else { throw ValidationError("Limits are greater than zero.") }
        guard SymbolVersion(glibc) != nil, SymbolVersion(glibcxx) != nil else {
            throw ValidationError("Versions are numbers with dots between them, such as 2.36.")
        }
    }

    func run() async throws {
        let folder: PluginFolder
        do throws(PluginFolder.Failure) {
            folder = try PluginFolder(path)
        } catch {
            throw CommandFailure.notInOrder(error.reason)
        }
        let checker = PluginChecker(folder, settings: settings, executable: "/proc/self/exe")
        let report = await checker.report(measuring: bench)
        if let junit { try write(report.junit, to: junit) }
        if output.isJSON {
            Output.json(report.document)
        } else {
            for line in report.lines { Output.line(line) }
        }
        guard report.isInOrder else {
            throw CommandFailure.notInOrder(
                "\(folder.library) is not in order: \(report.errorCount) errors; the report says how to mend them."
            )
        }
    }

    private var settings: CheckSettings {
        var settings = CheckSettings()
        settings.patience = .milliseconds(patience)
        settings.budget = .seconds(budget)
        settings.leakCalls = leakCalls
        settings.runsCode = !`static`
        settings.walls = isolation == .worker ? SandboxLayers(words: requiredWall) : nil
        settings.only = only.isEmpty ? nil : Set(only)
        settings.newestGlibc = SymbolVersion(glibc) ?? settings.newestGlibc
        settings.newestGlibcxx = SymbolVersion(glibcxx) ?? settings.newestGlibcxx
        return settings
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw CommandFailure.notInOrder(
                "The report cannot be written to \(path); name a file in a folder you may write to."
            )
        }
    }
}

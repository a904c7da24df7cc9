import ArgumentParser
import Observability
import PluginChecking
import PluginWorker

/// The program: `beamline <command>`.
@main
struct BeamlineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "beamline",
        abstract: "One MCP endpoint for many physics experiments.",
        version: Version.current,
        subcommands: [
            ServeCommand.self, CheckCommand.self, SchemaCommand.self, TokenCommand.self, ToolsCommand.self,
            CallCommand.self, LoginCommand.self, LogoutCommand.self, WhoamiCommand.self, PluginCommand.self,
            PolicyCommand.self, AuditCommand.self, DocsCommand.self, ServiceKeyCommand.self, RevokeCommand.self,
            BlockCommand.self, UnblockCommand.self, KeysCommand.self, DoctorCommand.self,
        ]
    )

    static func main() async {
        // Before anything else: who walls itself in must have one thread.
        if WorkerProgram.isMeant(by: CommandLine.arguments) { await WorkerProgram.run(CommandLine.arguments) }
        if CheckRunner.isMeant(by: CommandLine.arguments) { await CheckRunner.run(CommandLine.arguments) }
        let command: any ParsableCommand
        do {
            command = try parseAsRoot()
        } catch {
            endParsing(error)
        }
        do {
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                var command = command
                try command.run()
            }
        } catch let failure as CommandFailure {
            for line in failure.lines { StandardError.write(line: line) }
            exit(withError: failure.exit)
        } catch {
            // Help asked for by `help` or `--help` comes this way.
            if exitCode(for: error) == .success { exit(withError: error) }
            StandardError.write(line: "The command failed: \(error)")
            exit(withError: CommandFailure.Code.notInOrder)
        }
    }

    /// Help and version end with 0; everything else that the parser refuses is a usage error.
    private static func endParsing(_ error: any Error) -> Never {
        guard exitCode(for: error) == .success else {
            StandardError.write(line: fullMessage(for: error))
            exit(withError: CommandFailure.Code.usage)
        }
        exit(withError: error)
    }
}

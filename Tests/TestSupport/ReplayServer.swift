import Foundation

/// The server that answers as the experiments' monitors would.
package struct ReplayServer: Sendable {
    package let port: Int
    private let child: ChildProcess

    package static func start() async throws -> ReplayServer {
        let file = try RunFolder.current.subfolder("replay") + "/port"
        let child = try ChildProcess(
            BuiltPrograms.path(of: BuiltPrograms.sampleData),
            ["serve", "--port", "0", "--port-file", file]
        )
        let port = try await Polling.wait(for: "the port of the recorded answers") { () -> Int? in
            guard child.isRunning else {
                throw SetupFailure("The recorded answers do not start: \(child.errorOutput)")
            }
            return (try? String(contentsOfFile: file, encoding: .utf8)).flatMap { Int($0.dropLast()) }
        }
        return ReplayServer(port: port, child: child)
    }

    /// Its process, which a test may halt for a while.
    package var pid: Int32 { child.pid }

    package func stop() async throws {
        child.signal(SIGTERM)
        _ = try await child.exitStatus(within: .seconds(60))
    }
}

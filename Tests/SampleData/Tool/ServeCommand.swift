internal import ArgumentParser
internal import Foundation
internal import HTTPServer
internal import SampleData
internal import UnixSignals

/// Replays the services on a port of the loopback interface until a signal comes.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer as the monitors and iDDS would, below /atlas, /epic, /rubin and /rubin/idds."
    )

    @Option(help: "The port; 0 lets the system choose.")
    var port = 0

    @Option(help: "A file to write the port to once requests are accepted.")
    var portFile: String?

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError("--port must be from 0 to 65535; it is \(port).")
        }
    }

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let listener = try await Listener.bind(
            ListenerConfiguration(
                port: port,
                lingerTimeout: .milliseconds(50),
                drainTimeout: .milliseconds(100),
                threads: 1
            ),
            handler: RecordedServices(now: { .current })
        )
        if let portFile {
            try Data("\(listener.port)\n".utf8).write(to: URL(filePath: portFile), options: .atomic)
        }
        // Unbuffered, so that whoever started this through a pipe sees it.
        try FileHandle.standardOutput.write(contentsOf: Data("http://127.0.0.1:\(listener.port)\n".utf8))
        for await _ in signals { break }
        await listener.shutdown()
    }
}

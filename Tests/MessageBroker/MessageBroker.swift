import Foundation
import Synchronization
import TestSupport

/// A real ActiveMQ on free ports of the loopback interface, which keeps nothing on disk.
///
/// It lets in `gateway`, who may use all topics, queues with a name of one part and those that begin with `beamline.`,
/// and `agent`, who may use everything. An encrypted one speaks TLS too, with a certificate for `localhost` and 127.0.0.1.
package final class MessageBroker: Sendable {
    /// A program failed.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// The password of both users.
    package static let password = "correct horse"

    package let port: Int
    /// Where it speaks TLS.
    package let securePort: Int
    private let folder: String
    private let process = Mutex<ChildProcess?>(nil)

    private init(port: Int, securePort: Int, folder: String) {
        self.port = port
        self.securePort = securePort
        self.folder = folder
    }

    deinit {
        process.withLock { $0 }?.signal(SIGKILL)
    }

    /// Makes a broker and starts it; an encrypted one has a certificate for these names, in OpenSSL's words.
    package static func start(
        isEncrypted: Bool = false,
        certifiedFor names: String = "DNS:localhost,IP:127.0.0.1"
    ) async throws -> MessageBroker {
        let broker = MessageBroker(
            port: try FreePort.find(),
            securePort: try FreePort.find(),
            folder: try RunFolder.current.subfolder("broker")
        )
        if isEncrypted { try await broker.makeCertificate(for: names) }
        let text = BrokerFile.text(
            port: broker.port,
            security: isEncrypted ? (broker.securePort, broker.keyStore) : nil,
            folder: broker.folder
        )
        try text.write(toFile: broker.file, atomically: false, encoding: .utf8)
        try await broker.resume()
        return broker
    }

    /// The certificate of an encrypted broker, which is its own authority.
    package var certificate: String { "\(folder)/broker.crt" }

    private var keyStore: String { "\(folder)/broker.p12" }
    private var file: String { "\(folder)/broker.xml" }

    /// Starts the broker again on the same ports, and waits until it answers; what it held is lost.
    package func resume() async throws {
        let (program, arguments) = try BrokerPrograms.start(file, in: folder)
        let child = try ChildProcess(program, arguments)
        process.withLock { $0 = child }
        try await Polling.wait(for: "ActiveMQ on port \(port)", within: .seconds(180)) {
            guard child.isRunning else {
                throw Failure(description: "ActiveMQ ended: \(child.output)\n\(child.errorOutput)")
            }
            return (try? await BrokerAgent.connect(to: self)).map { $0.disconnect() }
        }
    }

    /// Ends the broker at once, as a crash does.
    package func kill() async throws {
        let child = process.withLock { process in
            defer { process = nil }
            return process
        }
        guard let child else { return }
        child.signal(SIGKILL)
        _ = try await child.exitStatus(within: .seconds(120))
    }

    /// Stops it without ending it: it takes connections and says nothing.
    package func freeze() async throws {
        guard let child = process.withLock({ $0 }) else { return }
        child.signal(SIGSTOP)
        try await Polling.wait(for: "the broker to stand still") {
            let status = try String(contentsOfFile: "/proc/\(child.pid)/status", encoding: .utf8)
            return status.contains("State:\tT") ? () : nil
        }
    }

    /// Lets it go on.
    package func thaw() {
        process.withLock { $0 }?.signal(SIGCONT)
    }

    private func makeCertificate(for names: String) async throws {
        try await openssl(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=\(names)",
            "-keyout",
            "\(folder)/broker.key",
            "-out",
            certificate
        )
        try await openssl(
            "pkcs12",
            "-export",
            "-in",
            certificate,
            "-inkey",
            "\(folder)/broker.key",
            "-out",
            keyStore,
            "-passout",
            "pass:\(BrokerFile.keyStorePassword)"
        )
    }

    private func openssl(_ arguments: String...) async throws {
        let made = try await ProgramRun.run("/usr/bin/openssl", arguments)
        guard made.exitStatus == 0 else { throw Failure(description: "openssl: \(made)") }
    }
}

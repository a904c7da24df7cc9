import GatewayCore
import Glibc
import PluginFixtures
import PluginHosting
import PluginRuntime
import PluginWire
import TestSupport
import Testing

@Suite("The walls of a worker")
struct WallTests {
    /// Loads the plugin that tries things, has it try one, and gives its answer.
    private func answer(
        _ what: String,
        in mode: PluginLoadRequest.Isolation = .worker
    ) async throws -> String {
        let loader = quietLoader(workers: { $0.keepsSpare = false })
        let outcome = try #require(await loader.load([try await .fixture("walls", isolation: mode)]).first)
        let reply = try await outcome.result.get().provider.call(.test("act", #"{"try":"\#(what)"}"#))
        await loader.shutdown()
        guard case .result(let result) = reply else { return "\(reply)" }
        return String(decoding: result.structured, as: UTF8.self)
    }

    @Test(
        arguments: [
            "write-file", "write-null", "make-folder", "remove-file", "socket", "local-socket", "connect", "exec",
            "fork",
            "vfork", "ptrace", "peek", "signal-gateway", "signal-by-descriptor", "outlive-gateway", "mount", "bpf",
            "keyring", "userfaultfd", "io_uring", "namespace", "limit-gateway",
        ] + (Sanitizer.isOn ? [] : ["raise-limit"])
    )
    func `a plugin in a worker cannot`(what: String) async throws {
        #expect(try await answer(what) == "\(EPERM)")
    }

    #if arch(x86_64)
    @Test func `numbers of the other call table are refused`() async throws {
        #expect(try await answer("x32") == "\(EPERM)")
    }
    #endif

    @Test func `memory that is a file cannot grow`() async throws {
        #expect(try await answer("grow-memory-file") == "\(EFBIG)")
    }

    @Test func `the C library makes threads by the call whose flags can be seen`() async throws {
        #expect(try await answer("clone3") == "\(ENOSYS)")
        #expect(try await answer("thread") == "0")
    }

    @Test(
        .enabled { try await WorkerLayers.include(.landlock) },
        arguments: ["read-passwd", "list-root", "gateway-memory", "gateway-environment", "gateway-root"]
    )
    func `a plugin in a worker cannot read`(what: String) async throws {
        #expect(try await answer(what) == "\(EACCES)")
    }

    @Test(arguments: ["read-library", "signal-itself"]) func `what a plugin needs works`(what: String) async throws {
        #expect(try await answer(what) == "0")
    }

    @Test func `it has no environment, only its own descriptors, no rights and no way to get any`() async throws {
        let words = Set(try await answer("look").dropFirst().dropLast().split(separator: " ").map(String.init))
        #expect(words.isSuperset(of: ["NoNewPrivs=1", "Seccomp=2", "environment=0", "CapEff=0000000000000000"]))
        // The socket, the sealed library, the pipe for errors, and nothing in the places of input and output.
        #expect(words.isSuperset(of: ["descriptors=5", "fd=socket", "fd=/memfd", "fd=pipe:[", "fd=/dev/n"]))
    }

    @Test(arguments: ["read-passwd", "socket", "signal-gateway"])
    func `the same plugin in process can: these tests do not pass for want of trying`(what: String) async throws {
        #expect(try await answer(what, in: .inProcess) == "0")
    }
}

import CSandbox
import Glibc
import PluginRuntime
import PluginWire

/// `beamline plugin-worker`: walls itself in, loads one plugin, and serves the gateway that started it.
///
/// Descriptor 0 is the socket to the gateway, 1 the sealed library, 2 a pipe for what is printed as an error.
package enum WorkerProgram {
    /// The word after the program's name.
    package static let command = "plugin-worker"

    /// Whether these are the arguments of a worker.
    package static func isMeant(by arguments: [String]) -> Bool { arguments.dropFirst().first == command }

    /// Runs until the gateway ends it or is gone.
    ///
    /// Must be the first thing the process does: threads that exist before are not walled in.
    package static func run(_ arguments: [String]) async -> Never {
        guard let order = WorkerOrder(arguments) else {
            StandardLine.write("beamline plugin-worker is started by the gateway alone.")
            _exit(2)
        }
        var (socket, image): (CInt, CInt) = (-1, -1)
        let settled = unsafe sandbox_settle("beamline-\(order.label)", &socket, &image)
        guard settled == 0, sandbox_follow(order.parent) == 0 else { _exit(2) }
        var plan = sandbox_plan(
            required: order.required,
            data_bytes: order.dataBytes,
            descriptors: WorkerOrder.descriptors,
            threads: WorkerOrder.threads,
            witness: -1
        )
        var report = sandbox_report()
        let walls = unsafe sandbox_enter(&plan, &report)
        let channel: WorkerChannel
        do {
            channel = try WorkerChannel(socket)
        } catch {
            _exit(2)
        }
        guard walls == 0 else {
            let reason = "the layer \(SandboxLayers.names(report.missing)) is not to be had (error \(report.error))"
            await fail(channel, "Its walls cannot be built: \(reason).")
        }
        do {
            let library = try await PluginLibrary.load(
                path: "/proc/self/fd/\(image)",
                label: order.label,
                limits: PluginLimits(loaderTime: order.loaderTime),
                observer: ForwardingObserver(channel)
            )
            await serve(WorkerSession(channel, library), library, report.layers, order)
        } catch {
            await fail(channel, "\(error)")
        }
    }

    private static func serve(
        _ session: WorkerSession,
        _ library: PluginLibrary,
        _ layers: UInt32,
        _ order: WorkerOrder
    ) async -> Never {
        session.channel.send(.hello(layers: layers, manifest: library.manifest[...]))
        guard let reader = try? DedicatedThreads(count: 1, name: "worker-calls") else { _exit(2) }
        await unsafe withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in
            reader.perform {
                session.channel.receive(order.frames) { session.handle($0) }
                _exit(0)
            }
        }
        _exit(0)
    }

    private static func fail(_ channel: WorkerChannel, _ reason: String) async -> Never {
        channel.send(.failed(reason))
        await channel.drain()
        _exit(1)
    }
}

/// The error stream, without what buffers.
private enum StandardLine {
    static func write(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = unsafe Glibc.write(2, bytes, bytes.count)
    }
}

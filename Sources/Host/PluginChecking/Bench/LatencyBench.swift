import PluginHosting
import PluginRuntime
import PluginWire

/// Measures a plugin where gateways run it: in the process, and in a worker.
enum LatencyBench {
    /// What a runner is asked for.
    static let name = "bench"
    static let subject = "how long tools take to answer, in the gateway's process and in a worker"

    /// Measures a library that is loaded into this process.
    static func inProcess(
        _ library: String,
        _ recordings: Recordings,
        _ settings: CheckSettings
    ) async throws -> [ToolLatency] {
        let host = RecordedHost(recordings: recordings)
        let library = try await PluginLibrary.load(path: library, label: "bench", observer: host)
        let manifest = try PluginManifest(parsing: library.manifest)
        let instance = try await PluginInstance.start(
            library,
            configuration: recordings.configuration,
            execution: manifest.execution,
            services: host,
            observer: host
        )
        let meter = CallMeter(
            instance: instance,
            mode: .inProcess,
            manifest: manifest,
            recordings: recordings,
            settings: settings,
            processorTime: { ProcessorTime.used() }
        )
        let latencies = await meter.latencies()
        await instance.stop()
        return latencies
    }

    /// Starts a worker as a gateway does, and measures it from here.
    static func inWorker(
        _ image: WorkerImage,
        memoryMebibytes: Int,
        _ recordings: Recordings,
        _ settings: CheckSettings,
        executable: String
    ) async throws -> [ToolLatency] {
        let host = RecordedHost(recordings: recordings)
        let workshop = try WorkerWorkshop(WorkerSettings(program: executable, required: settings.walls ?? []))
        defer { workshop.end() }
        let ready = try await workshop.start(
            image: image,
            label: "bench",
            memoryMebibytes: memoryMebibytes,
            limits: PluginLimits(),
            observer: host
        )
        defer { ready.link.finish(.stopped) }
        let manifest = try PluginManifest(parsing: ready.manifest)
        let instance = try await PluginInstance.start(
            ready.link,
            configuration: recordings.configuration,
            execution: manifest.execution,
            services: host,
            observer: host
        )
        ready.link.adopt(instance)
        let worker = ready.link.process.pid
        let meter = CallMeter(
            instance: instance,
            mode: .worker,
            manifest: manifest,
            recordings: recordings,
            settings: settings,
            processorTime: { ProcessorTime.used() + ProcessorTime.used(by: worker) }
        )
        let latencies = await meter.latencies()
        await instance.stop()
        return latencies
    }

    /// A mode in which nothing could be measured.
    static func notMeasured(_ mode: ToolLatency.Mode, _ reason: String) -> Finding {
        .warning(
            mode.rawValue,
            "Nothing was measured here: \(reason).",
            remedy: "Give the plugin what START needs in check/config.json, and arguments in check/arguments.json."
        )
    }
}

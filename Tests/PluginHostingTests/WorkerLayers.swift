import PluginHosting
import PluginWire

/// Which of the layers that depend on the system this one gives; where one is missing, its tests have nothing to say.
enum WorkerLayers {
    static func include(_ layer: SandboxLayers) async throws -> Bool { try await task.value.contains(layer) }

    private static let task = Task {
        let loader = quietLoader(workers: { $0.keepsSpare = false })
        let outcome = await loader.load([try await .fixture("plain", isolation: .worker)]).first
        let layers = try outcome?.result.get().provider.worker?.layers ?? []
        await loader.shutdown()
        return layers
    }
}

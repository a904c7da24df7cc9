import CPluginAPI
import GatewayCore
import Glibc

/// A plugin's library, loaded, checked and never unloaded.
///
/// Unloading is not offered: a Swift image that is gone crashes the next conformance lookup in the process.
package final class PluginLibrary: Sendable {
    /// The manifest as the binary returns it.
    package let manifest: [UInt8]
    let table: PluginTable
    /// Where the entry point, manifest, create and destroy run, one after the other.
    let loader: DedicatedThreads
    package let limits: PluginLimits
    package let label: String

    private init(manifest: [UInt8], table: PluginTable, loader: DedicatedThreads, limits: PluginLimits, label: String) {
        self.manifest = manifest
        self.table = table
        self.loader = loader
        self.limits = limits
        self.label = label
    }

    /// Loads a library and shakes hands with it.
    ///
    /// Constructors in the library run: verify it first. The path is a file, or `/proc/self/fd/N`; the system remembers
    /// libraries by this text, so the same path must never name two libraries in the life of a process. The label
    /// names the plugin's threads. Throws `PluginLoadError`.
    package static func load(
        path: String,
        label: String,
        limits: PluginLimits = PluginLimits(),
        observer: any PluginObserver
    ) async throws(PluginLoadError) -> PluginLibrary {
        let loader = try DedicatedThreads(count: 1, name: "load-\(label)")
        let outcome = await loader.result(within: limits.loaderTime) { () -> Result<Loaded, PluginLoadError> in
            do throws(PluginLoadError) {
                return .success(try open(path, limits, observer))
            } catch {
                return .failure(error)
            }
        }
        guard let outcome else { throw .didNotReturn(step: "entry point", limit: limits.loaderTime) }
        let loaded = try outcome.get()
        return PluginLibrary(
            manifest: loaded.manifest,
            table: loaded.table,
            loader: loader,
            limits: limits,
            label: label
        )
    }

    /// The same library with other limits for its instances.
    package func withLimits(_ limits: PluginLimits) -> PluginLibrary {
        PluginLibrary(manifest: manifest, table: table, loader: loader, limits: limits, label: label)
    }

    private struct Loaded: Sendable {
        let table: PluginTable
        let manifest: [UInt8]
    }

    private typealias Entry = @convention(c) (UnsafePointer<beam_host>?) -> UnsafePointer<beam_plugin>?

    private static func open(
        _ path: String,
        _ limits: PluginLimits,
        _ observer: any PluginObserver
    ) throws(PluginLoadError) -> Loaded {
        guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            throw .notLoadable(loaderMessage())
        }
        guard let symbol = unsafe dlsym(handle, "beam_plugin_v1") else { throw .entryPointAbsent }
        let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
        let host = HostTable(for: endpointForChecks(limits, observer))
        guard let pointer = unsafe entry(host.pointer) else { throw .refusedByPlugin }
        let table = try unsafe PluginTable(checking: pointer)
        guard let manifest = unsafe table.manifest().copied(atMost: manifestBytes), !manifest.isEmpty else {
            throw .manifestUnreadable
        }
        return Loaded(table: table, manifest: manifest)
    }

    /// A host that logs and answers STALE to everything else.
    private static func endpointForChecks(_ limits: PluginLimits, _ observer: any PluginObserver) -> HostEndpoint {
        HostEndpoint(
            registry: CallRegistry(gate: ConcurrencyGate(limit: 1, queueLength: 0), cancelGrace: limits.cancelGrace),
            limits: limits,
            observer: observer,
            services: nil,
            callbackThread: nil
        )
    }

    private static func loaderMessage() -> String {
        guard let message = unsafe dlerror() else { return "no reason given" }
        return unsafe String(cString: message)
    }

    /// The longest manifest, in bytes.
    private static let manifestBytes = 4 << 20
}

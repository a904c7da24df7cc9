import DataSources
import GatewayConfiguration
import GatewayCore
import Logging
import Observability
import OutboundHTTP
import Synchronization

/// The sources of one reading of the configuration, and what sends the requests of that reading.
///
/// Counts who uses it, so that it is closed only when the last operation has left.
final class SourceGeneration: Sendable {
    private struct State {
        var users = 0
        var isRetired = false
    }

    let registry: SourceRegistry
    let outbound: OutboundClient
    /// The sources of the registry, with the ends of their operations counted.
    private let counted: [String: any DataSource]
    /// Namespace → the plugin's name for a source → the source.
    private let bindings: [String: [String: String]]
    /// Namespace → the plugin's name for a collection of documents → the collection.
    private let collections: [String: [String: String]]
    private let state = Mutex(State())
    private let empty: AsyncStream<Never>
    private let reportEmpty: AsyncStream<Never>.Continuation

    /// Makes the sources of a configuration, whose operations are counted and timed.
    /// - Throws: `CommandFailure` with what is wrong.
    init(
        of configuration: Configuration,
        plugins: PluginDirectory,
        acting: SourceActing,
        metrics: SourceMetrics,
        logger: Logger
    ) throws {
        outbound = try SourceAssembly.outbound(of: configuration)
        registry = try SourceAssembly.registry(
            of: configuration,
            fetch: outbound,
            plugins: plugins,
            limits: configuration.limits.sources,
            metrics: metrics,
            logger: logger
        )
        let registry = registry
        counted = Dictionary(
            registry.names.compactMap { name in
                registry[name].map { (name, metrics.counting(acting.source($0, name, in: configuration), as: name)) }
            }
        ) { first, _ in first }
        bindings = Dictionary(configuration.plugins.map { ($0.namespace, $0.sources) }) { first, _ in first }
        collections = Dictionary(configuration.plugins.map { ($0.namespace, $0.documents) }) { first, _ in first }
        (empty, reportEmpty) = AsyncStream.makeStream()
    }

    /// The source that a plugin calls by a name of its own.
    func source(_ name: String, of namespace: String) -> (any DataSource)? {
        bindings[namespace]?[name].flatMap { counted[$0] }
    }

    /// The names by which a plugin has sources.
    func sourceNames(of namespace: String) -> [String] {
        bindings[namespace].map { Array($0.keys) } ?? []
    }

    /// The collection of documents that a plugin calls by a name of its own.
    func collection(_ name: String, of namespace: String) -> String? {
        collections[namespace]?[name]
    }

    /// Counts a user in; `leave` is owed.
    func enter() {
        state.withLock { $0.users += 1 }
    }

    /// Counts a user out.
    func leave() {
        let isEmpty = state.withLock { state in
            state.users -= 1
            return state.isRetired && state.users == 0
        }
        if isEmpty { reportEmpty.finish() }
    }

    /// Waits until the last user has left, then closes; nobody may enter any more.
    ///
    /// A cancelled task waits no longer, and what is still under way fails.
    func close() async {
        let isEmpty = state.withLock { state in
            state.isRetired = true
            return state.users == 0
        }
        if isEmpty { reportEmpty.finish() }
        for await _ in empty {}
        await closeNow()
    }

    /// Closes, whoever is there.
    func closeNow() async {
        await registry.close()
        await outbound.shutdown()
    }
}

import GatewayCore
import Synchronization

/// The sources as a plugin of one reading of the configuration finds them.
///
/// They are those that are current, but while a reload is prepared those that will be: so what starts beside what runs
/// starts as it would with the gateway.
struct PluginSources: Sendable {
    private let sources: SourceSwitch
    private let upcoming: UpcomingSources?

    init(_ sources: SourceSwitch, upcoming: UpcomingSources? = nil) {
        self.sources = sources
        self.upcoming = upcoming
    }

    /// What counts for the plugin now.
    var current: SourceGeneration { upcoming?.generation ?? sources.current }

    /// A plugin's source by the plugin's own name, whichever it is at each operation; nil while it is bound to none.
    func source(_ name: String, of namespace: String) -> (any DataSource)? {
        guard current.source(name, of: namespace) != nil else { return nil }
        return SwitchedSource(name: name, namespace: namespace, sources: self)
    }

    /// Runs an operation with the sources that count now, which stay open until it ends.
    func use<Result, Failure: Error>(
        _ operation: (SourceGeneration) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard let generation = upcoming?.entered() else { return try await sources.use(operation) }
        defer { generation.leave() }
        return try await operation(generation)
    }
}

/// The sources of a reload until it counts, or is given up.
final class UpcomingSources: Sendable {
    private let waiting: Mutex<SourceGeneration?>

    /// - Parameter generation: Nil when the reload leaves the sources as they are.
    init(_ generation: SourceGeneration?) {
        waiting = Mutex(generation)
    }

    /// Nil once the reload is over.
    var generation: SourceGeneration? { waiting.withLock { $0 } }

    /// The same with a user more, who has to leave.
    func entered() -> SourceGeneration? {
        waiting.withLock { generation in
            generation?.enter()
            return generation
        }
    }

    /// From now on the current sources count.
    func end() {
        waiting.withLock { $0 = nil }
    }
}

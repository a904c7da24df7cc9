package import GatewayCore

/// The sources of the configuration by name, each behind its own walls.
package struct SourceRegistry: Sendable {
    private let sources: [String: GuardedSource]

    /// Guards every source, so that a slow or dead one holds up nobody else.
    /// - Parameters:
    ///   - sources: The drivers by the names of the configuration.
    ///   - limits: The same for every source.
    ///   - observing: Hears when a source goes down and when it is back.
    package init(
        _ sources: [String: any DataSource],
        limits: SourceLimits = SourceLimits(),
        observing: (any SourceObserving)? = nil
    ) {
        self.init(
            Dictionary(
                uniqueKeysWithValues: sources.map { name, source in
                    (name, GuardedSource(name: name, source, limits: limits, observing: observing))
                }
            )
        )
    }

    /// Of sources that are guarded already.
    package init(_ sources: [String: GuardedSource]) {
        self.sources = sources
    }

    /// The names in alphabetical order.
    package var names: [String] { sources.keys.sorted() }

    /// The source of a name, behind its walls.
    package subscript(name: String) -> (any DataSource)? { sources[name] }

    /// How a source is doing; nil for an unknown name.
    package func health(of name: String) -> SourceHealth? { sources[name]?.health }

    /// How many operations wait for a source; for metrics.
    package func waitingCount(of name: String) -> Int { health(of: name)?.waiting ?? 0 }

    /// Closes every source.
    package func close() async {
        for source in sources.values {
            await source.close()
        }
    }
}

package import GatewayCore

/// The sources of the configuration by name, each with its share of concurrent operations.
package struct SourceRegistry: Sendable {
    private let sources: [String: SourceBulkhead]

    /// Puts a bulkhead in front of every source, so that a slow one holds up nobody else.
    package init(_ sources: [String: any DataSource], limits: SourceLimits = SourceLimits()) {
        self.sources = sources.mapValues { SourceBulkhead($0, limits: limits) }
    }

    /// The names in alphabetical order.
    package var names: [String] { sources.keys.sorted() }

    /// The source of a name, behind its bulkhead.
    package subscript(name: String) -> (any DataSource)? { sources[name] }

    /// How many operations wait for a source; for metrics.
    package func waitingCount(of name: String) -> Int { sources[name]?.waitingCount ?? 0 }

    /// Closes every source.
    package func close() async {
        for source in sources.values {
            await source.close()
        }
    }
}

import GatewayCore
import OutboundHTTP
import Synchronization

/// Leads every operation to the sources that are current when it begins.
final class SourceSwitch: HTTPFetch {
    private let generation: Mutex<SourceGeneration>

    init(_ generation: SourceGeneration) {
        self.generation = Mutex(generation)
    }

    /// The sources that are current now.
    var current: SourceGeneration { generation.withLock { $0 } }

    /// Puts other sources in place.
    /// - Returns: the former, which the caller closes.
    func replace(with next: SourceGeneration) -> SourceGeneration {
        generation.withLock { generation in
            defer { generation = next }
            return generation
        }
    }

    /// Runs an operation with the current sources, which stay open until it ends.
    func use<Result, Failure: Error>(
        _ operation: (SourceGeneration) async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        // Entered under the lock: what is in place is not yet retired.
        let generation = generation.withLock { generation in
            generation.enter()
            return generation
        }
        defer { generation.leave() }
        return try await operation(generation)
    }

    func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        try await use { generation throws(FetchError) in try await generation.outbound.fetch(request) }
    }
}

/// One source of one plugin.
struct SwitchedSource: DataSource {
    let name: String
    let namespace: String
    let sources: PluginSources

    var kind: SourceKind { sources.current.source(name, of: namespace)?.kind ?? .custom }

    var actsForCallers: Bool { sources.current.source(name, of: namespace)?.actsForCallers ?? false }

    func query(_ query: SQLQuery) async throws(SourceError) -> SQLRows {
        try await sources.use { generation throws(SourceError) in
            try await find(in: generation).query(query)
        }
    }

    func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        try await sources.use { generation throws(SourceError) in
            try await find(in: generation).request(request)
        }
    }

    func send(_ message: SourceMessage) async throws(SourceError) {
        try await sources.use { generation throws(SourceError) in
            try await find(in: generation).send(message)
        }
    }

    func read(_ request: SourceFileRequest) async throws(SourceError) -> [UInt8]? {
        try await sources.use { generation throws(SourceError) in
            try await find(in: generation).read(request)
        }
    }

    func exchange(_ exchange: SourceExchange) async throws(SourceError) -> MessageReply {
        try await sources.use { generation throws(SourceError) in
            try await find(in: generation).exchange(exchange)
        }
    }

    private func find(in generation: SourceGeneration) throws(SourceError) -> any DataSource {
        guard let source = generation.source(name, of: namespace) else {
            throw .unavailable(detail: "The configuration binds \(name) of \(namespace) to no source any more.")
        }
        return source
    }
}

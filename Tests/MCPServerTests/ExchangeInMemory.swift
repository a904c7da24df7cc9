import HTTPServer
import Synchronization

/// The listener's side of an answer that is decided while it is made.
final class ExchangeInMemory: PendingAnswer, HTTPBodyWriter {
    private struct State {
        var head: HTTPResponse?
        var pieces: [[UInt8]] = []
        var isCancelled = false
        var isGone = false
        var task: Task<HTTPResponse?, any Error>?
    }

    private let state = Mutex(State())
    /// Called before a piece is taken: a client that reads slowly.
    private let beforeWriting: @Sendable () async -> Void

    init(beforeWriting: @escaping @Sendable () async -> Void = {}) {
        self.beforeWriting = beforeWriting
    }

    /// What was written, piece by piece.
    var pieces: [String] { state.withLock { $0.pieces.map { String(decoding: $0, as: UTF8.self) } } }

    func open(_ head: HTTPResponse) throws(HTTPWriteError) -> any HTTPBodyWriter {
        state.withLock { $0.head = head }
        return self
    }

    func write(_ bytes: [UInt8]) async throws(HTTPWriteError) {
        await beforeWriting()
        let isGone = state.withLock { state in
            if !state.isGone, !bytes.isEmpty { state.pieces.append(bytes) }
            return state.isGone
        }
        if isGone { throw .disconnected }
    }

    /// Nothing can be written any more.
    func breakOff() {
        state.withLock { $0.isGone = true }
    }

    /// The client goes away: nothing can be written any more, and the task is cancelled.
    func disconnect() {
        breakOff()
        cancel()
    }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            return state.task
        }?.cancel()
    }

    /// The answer, whole.
    func answer(_ response: HTTPResponse) async throws -> HTTPResponse {
        guard case .undecided(let decide) = response.body else { return response }
        let task = Task { try await decide(self) }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
        if var decided = try await task.value {
            decided.headers += response.headers
            return decided
        }
        return state.withLock { state in
            HTTPResponse(
                status: state.head?.status ?? 0,
                headers: (state.head?.headers ?? []) + response.headers,
                body: .bytes(Array(state.pieces.joined()))
            )
        }
    }
}

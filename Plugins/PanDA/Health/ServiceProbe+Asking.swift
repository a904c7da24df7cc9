import PluginKit

extension ServiceProbe {
    /// Enough to see the beginning of an answer; lists of queues are large.
    private static let maximumBytes = 64 << 10

    /// Asks, and waits no longer than so many milliseconds.
    func state(atMost milliseconds: Int, in context: CallContext) async throws(ToolError) -> ServiceState {
        let clock = ContinuousClock()
        let start = clock.now
        do throws(ToolError) {
            let state = try await answer(atMost: milliseconds, in: context)
            let took = clock.now - start
            let parts = took.components
            return ServiceState(
                name: name,
                state: state,
                latencyMilliseconds: Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000)
            )
        } catch {
            switch error.code {
            case .cancelled: throw error
            case .notFound: return ServiceState(name: name, state: .notConnected)
            case .timeout: return ServiceState(name: name, state: .silent)
            case .rateLimited: return ServiceState(name: name, state: .limited)
            default: return ServiceState(name: name, state: .down)
            }
        }
    }

    private func answer(
        atMost milliseconds: Int,
        in context: CallContext
    ) async throws(ToolError) -> ServiceState.State {
        switch question {
        case .documents(let collection):
            _ = try await context.documents(collection).search("help", limit: 1)
            return .up
        case .request(let source, let path, let query):
            let answer = try await context.source(source).get(
                path,
                query: query.map { text in
                    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
                },
                maximumBytes: Self.maximumBytes,
                timeoutMilliseconds: milliseconds
            )
            return Self.state(of: answer)
        }
    }

    private static func state(of answer: SourceAnswer) -> ServiceState.State {
        switch answer.status {
        case 200:
            // What is cut is no whole JSON any more, but begins like it.
            let isJSON =
                answer.json != nil
                || answer.isTruncated && (answer.text.map { "{[".contains($0.first ?? " ") } ?? false)
            return isJSON ? .up : .faulty
        case 401, 403: return .refused
        case 429: return .limited
        case 502, 503, 504: return .down
        default: return .faulty
        }
    }
}

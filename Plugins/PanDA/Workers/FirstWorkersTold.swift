package import PluginKit

/// Counts workers from one source, and from another where the first has none or does not answer.
package struct FirstWorkersTold: WorkerReading {
    private let first: any WorkerReading
    private let second: any WorkerReading

    /// Asks `second` when `first` tells of no worker.
    package init(_ first: any WorkerReading, orElse second: any WorkerReading) {
        self.first = first
        self.second = second
    }

    package func workers(
        matching query: WorkerQuery,
        in context: CallContext
    ) async throws(ToolError) -> [WorkerCount] {
        let failure: ToolError?
        do throws(ToolError) {
            let counts = try await first.workers(matching: query, in: context)
            guard counts.isEmpty else { return counts }
            failure = nil
        } catch {
            guard [.unavailable, .timeout].contains(error.code) else { throw error }
            failure = error
        }
        do throws(ToolError) {
            return try await second.workers(matching: query, in: context)
        } catch {
            // What the first said is as good as what there is.
            guard let failure else { return [] }
            throw failure
        }
    }
}

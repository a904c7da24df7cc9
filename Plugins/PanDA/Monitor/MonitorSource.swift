package import JSON
package import PluginKit

/// A BigPanDA monitor behind an HTTP source of the host.
package struct MonitorSource: Sendable {
    /// The source's name in the manifest.
    private let name: String
    /// How much of an answer is read.
    private let maximumBytes: Int

    /// Names the source; by default at most 8 MiB of an answer are read.
    package init(name: String = "monitor", maximumBytes: Int = 8 << 20) {
        self.name = name
        self.maximumBytes = maximumBytes
    }

    /// The document at a path, or nil when the monitor does not know what was asked for.
    ///
    /// `hint` says what to do where the answer is too large.
    package func document(
        at path: String,
        query: [(String, String)] = [],
        hint: String? = nil,
        in context: CallContext
    ) async throws(ToolError) -> JSONNode? {
        try MonitorAnswer.document(of: await answer(at: path, query: query, in: context), hint: hint)
    }

    /// The answer at a path, whatever its status.
    func answer(
        at path: String,
        query: [(String, String)] = [],
        in context: CallContext
    ) async throws(ToolError) -> SourceAnswer {
        do throws(ToolError) {
            return try await context.source(name).get(path, query: query + [("json", "")], maximumBytes: maximumBytes)
        } catch {
            // That there is no such source says nothing about what was asked for.
            guard error.code == .notFound else { throw error }
            throw ToolError(.unavailable, "The monitor is not connected to this gateway.", detail: error.message)
        }
    }
}

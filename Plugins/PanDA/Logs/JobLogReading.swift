package import PluginKit

/// Fetches the files of jobs' logs; each experiment has its own source.
package protocol JobLogReading: Sendable {
    /// The text of a file of a job's log; nil when there is no such file, or nothing to fetch it from.
    func text(ofFile name: String, of pandaid: Int, in context: CallContext) async throws(ToolError) -> String?
}

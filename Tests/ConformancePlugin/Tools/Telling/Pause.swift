import PluginKit

/// The time between two steps of a tool that tells of them.
enum Pause {
    /// 50 ms.
    static func short() async throws(ToolError) {
        do {
            try await Task.sleep(for: .milliseconds(50))
        } catch {
            throw ToolError(.cancelled, "Nobody waits for the answer any more.")
        }
    }
}

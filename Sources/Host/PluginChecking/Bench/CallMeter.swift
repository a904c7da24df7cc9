import GatewayCore
import JSON
import PluginHosting
import PluginRuntime

/// Measures how long the tools of one instance take to answer, one call after the other.
struct CallMeter: Sendable {
    let instance: PluginInstance
    let mode: ToolLatency.Mode
    let manifest: PluginManifest
    let recordings: Recordings
    let settings: CheckSettings
    /// The processor time that host and plugin have used so far, in nanoseconds.
    let processorTime: @Sendable () -> Int64

    private static let mostCalls = 5000
    private static let longest = Duration.seconds(2)
    /// Calls that fill caches and are not counted.
    private static let first = 10

    /// The tools for which there are arguments and which answer.
    func latencies() async -> [ToolLatency] {
        var latencies: [ToolLatency] = []
        for tool in manifest.tools {
            let samples = ArgumentSamples(tool.inputSchema, recorded: recordings.arguments[tool.localName] ?? [])
            guard let arguments = samples.valid.first else { continue }
            if let latency = await latency(of: tool.localName, arguments.serialized) { latencies.append(latency) }
        }
        return latencies
    }

    private func latency(of tool: String, _ arguments: [UInt8]) async -> ToolLatency? {
        for _ in 0..<Self.first {
            guard await isAnswered(tool, arguments) else { return nil }
        }
        // All tools together take half of the time that a check may.
        let share = settings.budget / (2 * max(1, manifest.tools.count))
        let spent = processorTime()
        let begin = MonotonicTime.now()
        let end = MonotonicTime.after(min(Self.longest, share))
        var times: [Int64] = []
        var last = begin
        repeat {
            guard await isAnswered(tool, arguments) else { return nil }
            let now = MonotonicTime.now()
            times.append(now - last)
            last = now
        } while times.count < Self.mostCalls && last < end
        let used = processorTime() - spent
        times.sort()
        return ToolLatency(
            tool: tool,
            mode: mode,
            calls: times.count,
            rate: Double(times.count) * 1e9 / Double(max(1, last - begin)),
            median: times[times.count / 2],
            slowest: times[min(times.count - 1, times.count * 99 / 100)],
            processorTime: used / Int64(times.count)
        )
    }

    private func isAnswered(_ tool: String, _ arguments: [UInt8]) async -> Bool {
        let request = PluginRequest(
            method: .toolCall,
            name: tool,
            body: arguments[...],
            context: Self.context,
            deadline: .after(settings.patience),
            caller: PluginCaller(requestID: RequestID(), principal: .anonymous)
        )
        return await instance.call(request).fault == nil
    }

    private static let context = Array(
        #"{"principal":{"issuer":"https://issuer.example","subject":"1","username":"ada","roles":["user"],"scopes":["read"],"client":"test"},"view":"/mcp","budget_bytes":32768}"#
            .utf8
    )
}

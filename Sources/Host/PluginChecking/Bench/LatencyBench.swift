import GatewayCore
import PluginHosting

/// Measures how long tools take to answer.
///
/// In this process. A worker adds its socket; measured there, the same numbers belong to another `ToolLatency.Mode`.
enum LatencyBench {
    /// What a runner is asked for.
    static let name = "bench"

    private static let mostCalls = 5000
    private static let longest = Duration.seconds(2)

    static func run(_ stand: CheckStand) throws(CheckStand.NotServing) -> [ToolLatency] {
        let probe = try stand.started()
        let latencies = stand.manifest.tools.compactMap { tool -> ToolLatency? in
            guard let arguments = stand.samples(of: tool).valid.first else { return nil }
            return measure(CheckStand.ToolCall(tool, arguments), stand, probe)
        }
        stand.end(probe)
        return latencies
    }

    private static func measure(_ call: CheckStand.ToolCall, _ stand: CheckStand, _ probe: Probe) -> ToolLatency? {
        // The first calls fill caches.
        for _ in 0..<10 where !stand.answer(probe, call.request, call.place).0.isCompleted { return nil }
        var times: [Int64] = []
        let end = ContinuousClock.now + longest
        repeat {
            let begin = ContinuousClock.now
            let result = probe.perform(call.request, within: stand.settings.patience)
            let (seconds, attoseconds) = (ContinuousClock.now - begin).components
            guard result.isCompleted else { return nil }
            times.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
        } while times.count < mostCalls && ContinuousClock.now < end
        times.sort()
        return ToolLatency(
            tool: call.tool.localName,
            mode: .inProcess,
            calls: times.count,
            median: times[times.count / 2],
            slowest: times[min(times.count - 1, times.count * 99 / 100)]
        )
    }
}

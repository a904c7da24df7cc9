import GatewayCore
import PluginHosting
import PluginRuntime

extension CallCheck {
    /// How many calls are open at once, and how many threads send them.
    private static let calls = 64
    private static let threads = 8

    static let concurrency = CallCheck(
        name: "concurrency",
        subject: "64 calls at once from 8 threads, or as many as the manifest allows",
        onCrash:
            "submit runs on several threads at once; lock what calls share, or say \"concurrency\": 1 in the manifest.",
        run: { stand throws(CheckStand.NotServing) in
            let width = min(calls, max(1, stand.manifest.execution.concurrency))
            let samples = stand.manifest.tools.compactMap { tool in
                stand.samples(of: tool).valid.first.map { CheckStand.ToolCall(tool, $0) }
            }
            guard !samples.isEmpty else { return [] }
            return try stand.serving { probe in
                for batch in 0..<(4 * calls / width) {
                    let chosen = (0..<width).map { samples[(batch + $0) % samples.count] }
                    stand.mark("\(width) calls at once")
                    let taken = probe.together(threads: min(threads, width), chosen.map(\.request))
                    var open = zip(chosen, taken).compactMap { call, id in id.map { (call, $0) } }
                    open = stand.unended(open, of: probe, within: stand.settings.deadline)
                    for (_, id) in open { probe.cancel(id, why: .timeout) }
                    open = stand.unended(open, of: probe, within: stand.settings.patience)
                    if let (call, _) = open.first { return [lost(open.count, width, call)] }
                }
                guard probe.counts.stale == 0 else {
                    return [
                        Finding(
                            "complete",
                            "With \(width) calls at once some are completed twice, or under the number of another.",
                            remedy: "Keep the number of a call with the call, not in a variable that calls share."
                        )
                    ]
                }
                return []
            }
        }
    )

    private static func lost(_ count: Int, _ width: Int, _ call: CheckStand.ToolCall) -> Finding {
        Finding(
            call.place,
            "\(count) of \(width) calls at once are never completed.",
            remedy: "Lock what calls share, or say \"concurrency\": 1 under \"execution\" in the manifest."
        )
    }
}

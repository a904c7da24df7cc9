import GatewayCore
import PluginHosting
import PluginRuntime

extension CallCheck {
    /// What `submit` may take, and how often it is tried: the quickest try counts, as the machine may be busy.
    private static let unhurried = Duration.milliseconds(50)
    private static let tries = 5

    static let promptness = CallCheck(
        name: "promptness",
        subject: "submit returns at once, whatever the call takes",
        onCrash: "Run the plugin's own tests with -fsanitize=address and the fake host.",
        run: { stand throws(CheckStand.NotServing) in
            guard !stand.manifest.execution.blocks else { return [] }
            return try stand.serving { probe in
                stand.longCalls.compactMap { call in
                    var quickest = Duration.seconds(3600)
                    for _ in 0..<tries where quickest > unhurried {
                        stand.mark(call.place)
                        let begin = ContinuousClock.now
                        let id = probe.submit(call.request, within: stand.settings.deadline).call
                        quickest = min(quickest, ContinuousClock.now - begin)
                        guard let id else { continue }
                        probe.cancel(id, why: .cancelled)
                        _ = probe.result(of: id, within: stand.settings.patience)
                    }
                    guard quickest > unhurried else { return nil }
                    return .warning(
                        call.place,
                        "submit takes \(quickest) at least; meanwhile it holds up other calls, and cancel cannot end it.",
                        remedy:
                            "Answer from a thread of your own, or say \"blocking\": true under \"execution\" in the manifest."
                    )
                }
            }
        }
    )
}

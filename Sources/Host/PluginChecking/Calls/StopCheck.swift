import GatewayCore
import Glibc
import PluginHosting
import PluginRuntime

extension CallCheck {
    static let stop = CallCheck(
        name: "stop",
        subject: "STOP is answered while calls are open, and they end",
        onCrash: "STOP may come while calls are open; they were cancelled before and still owe their completion.",
        run: { stand throws(CheckStand.NotServing) in
            let probe = try stand.started(.silent)
            let open = openCalls(stand, probe)
            for (_, id) in open { probe.cancel(id, why: .unavailable) }
            stand.mark("STOP with open calls")
            let stop = probe.perform(ProbeRequest(Method.stop), within: stand.settings.patience)
            var findings: [Finding] = []
            if !stop.isOK {
                findings.append(
                    Finding(
                        "STOP",
                        "With calls open STOP ends with \(StatusWord.of(stop.number)).",
                        remedy: "Answer STOP with BEAM_OK; the calls were cancelled before and end by themselves."
                    )
                )
            }
            let lost = stand.unended(open, of: probe, within: stand.settings.patience)
            if let (call, _) = lost.first { findings.append(stand.unanswered("\(call.place), open at STOP")) }
            guard findings.isEmpty else { return findings }
            stand.mark("destroy")
            probe.destroy()
            return []
        }
    )

    static let destroy = CallCheck(
        name: "destroy",
        subject: "destroy right after STOP leaves nothing that still runs in the instance",
        onCrash:
            "The plugin uses its instance after destroy. Wait in destroy for the plugin's own threads, or let each keep what it needs alive.",
        run: { stand throws(CheckStand.NotServing) in
            let probe = try stand.started(.silent)
            for (_, id) in openCalls(stand, probe) { probe.cancel(id, why: .unavailable) }
            stand.mark("STOP with open calls")
            _ = probe.perform(ProbeRequest(Method.stop), within: stand.settings.patience)
            stand.mark("destroy with calls that were just cancelled")
            probe.destroy()
            stand.mark("the time after destroy")
            usleep(300_000)
            return []
        }
    )

    private static func openCalls(_ stand: CheckStand, _ probe: Probe) -> [(CheckStand.ToolCall, UInt64)] {
        let width = max(1, min(16, stand.manifest.execution.concurrency))
        return stand.longCalls.prefix(width).compactMap { call in
            stand.mark(call.place)
            return probe.submit(call.request, within: .seconds(600)).call.map { (call, $0) }
        }
    }
}

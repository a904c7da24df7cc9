import GatewayCore
import Glibc
import PluginHosting
import PluginRuntime

extension CallCheck {
    static let order = CallCheck(
        name: "order",
        subject: "it says nothing before START, of a call that has ended, or after STOP",
        onCrash: "Begin threads in START, and end them before STOP is completed.",
        run: { stand throws(CheckStand.NotServing) in
            let probe = Probe([])
            for answer in stand.recordings.answers { probe.answer(answer) }
            var findings: [Finding] = []
            stand.mark("create")
            let threadsBefore = ProcessState.threadCount
            let created = probe.create(stand.library, configuration: stand.recordings.configuration)
            guard created == PluginStatus.ok.rawValue else {
                throw CheckStand.NotServing(reason: "create returned \(StatusWord.of(created))")
            }
            ProcessState.pause(untilThreads: threadsBefore)
            if probe.counts.early > 0 {
                findings.append(
                    Finding(
                        "create",
                        "The plugin calls its host after create and before START.",
                        remedy: "Until START there is only log and get_interface; begin everything else there."
                    )
                )
            }
            stand.mark("START")
            let start = probe.perform(ProbeRequest(Method.start), within: stand.manifest.execution.startTimeout)
            guard start.isOK else {
                throw CheckStand.NotServing(reason: "START ended with \(StatusWord.of(start.number))")
            }
            for (place, request) in stand.tour {
                let before = probe.counts.late
                findings += stand.answer(probe, request, place).1
                // What comes late may come from another thread.
                usleep(2000)
                if probe.counts.late > before { findings.append(late(place)) }
            }
            guard probe.openCalls.isEmpty else { return findings }
            stand.mark("STOP")
            let (before, threadsOfCalls) = (probe.counts.late, ProcessState.threadCount)
            let stop = probe.perform(ProbeRequest(Method.stop), within: stand.settings.patience)
            ProcessState.pause(untilThreads: threadsOfCalls)
            if probe.counts.late > before { findings.append(late("a call that had ended")) }
            if stop.isOK, probe.counts.stopped > 0 {
                findings.append(
                    Finding(
                        "STOP",
                        "The plugin sends messages, notices or operations after it has completed STOP.",
                        remedy: "End the plugin's threads and timers first, then complete STOP."
                    )
                )
            }
            guard stop.isOK else { return findings }
            stand.mark("destroy")
            probe.destroy()
            return findings
        }
    )

    private static func late(_ place: String) -> Finding {
        Finding(
            place,
            "A message or a step of progress comes when the call has ended; nobody hears it.",
            remedy: "Send what there is to say of a call, then complete it."
        )
    }
}

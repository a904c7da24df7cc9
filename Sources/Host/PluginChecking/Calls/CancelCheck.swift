import GatewayCore

extension CallCheck {
    static let cancel = CallCheck(
        name: "cancel",
        subject: "a call that is cancelled ends soon, also while a source does not answer",
        onCrash:
            "cancel may run beside submit and complete, and may come for a call that has ended; look the call up under a lock.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving(.silent) { probe in
                var findings: [Finding] = []
                let longest = stand.longCalls.map { ($0.place, $0.request) } + stand.watches
                for (place, request) in longest {
                    stand.mark("\(place), cancelled")
                    guard let id = probe.submit(request, within: .seconds(600)).call else { continue }
                    probe.cancel(id, why: .cancelled)
                    guard probe.result(of: id, within: stand.settings.patience).isCompleted else {
                        findings.append(stand.unanswered(place))
                        // Each such call costs the whole patience.
                        if findings.count == 3 { break }
                        continue
                    }
                    stand.mark("\(place), cancelled after it has ended")
                    probe.cancel(id, why: .cancelled)
                }
                if probe.counts.stale > 0 {
                    findings.append(
                        Finding(
                            "cancel",
                            "Cancelled calls are completed more than once.",
                            remedy: "Let cancel only mark the call; complete it where its work ends."
                        )
                    )
                }
                return findings
            }
        }
    )
}

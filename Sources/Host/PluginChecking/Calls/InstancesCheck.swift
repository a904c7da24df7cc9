extension CallCheck {
    static let instances = CallCheck(
        name: "instances",
        subject: "two instances live side by side, each with its own host",
        onCrash: "Keep everything in the instance: no static variable may change.",
        run: { stand throws(CheckStand.NotServing) in
            let first = try stand.started()
            let second: Probe
            do throws(CheckStand.NotServing) {
                second = try stand.started()
            } catch {
                return [shared("create", "A second instance cannot be used: \(error.reason).")]
            }
            var findings: [Finding] = []
            for (place, request) in stand.tour {
                for (probe, which) in [(first, "first"), (second, "second")] {
                    let (_, unanswered) = stand.answer(probe, request, "\(place) of the \(which) instance")
                    guard unanswered.isEmpty else {
                        return [shared(place, "The \(which) of two instances does not answer its call.")]
                    }
                }
            }
            if first.counts.stale + second.counts.stale > 0 {
                findings.append(
                    shared("complete", "Calls of one instance are completed through the host of the other.")
                )
            }
            stand.end(first)
            for (place, request) in stand.tour.prefix(8) {
                let (_, unanswered) = stand.answer(second, request, "\(place) after the other instance has ended")
                if !unanswered.isEmpty { return [shared(place, "An instance stops answering when another one ends.")] }
            }
            stand.end(second)
            return findings
        }
    )

    private static func shared(_ place: String, _ fault: String) -> Finding {
        Finding(place, fault, remedy: "Keep the host and all state in the instance; no static variable may change.")
    }
}

import Glibc

extension CallCheck {
    static let completion = CallCheck(
        name: "completion",
        subject: "every call it takes is completed once, and none that it refuses",
        onCrash: "Do not touch a call after it was completed.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                var findings: [Finding] = []
                for (place, request) in stand.tour {
                    let before = probe.counts
                    findings += stand.answer(probe, request, place).1
                    // A second completion may come from another thread, just after the first.
                    usleep(2000)
                    let after = probe.counts
                    if after.refused > before.refused { findings.append(refused(place)) }
                    if after.stale > before.stale { findings.append(twice(place)) }
                }
                let before = probe.counts
                usleep(200_000)
                if probe.counts.stale > before.stale { findings.append(twice("a call that had ended")) }
                return findings
            }
        }
    )

    private static func refused(_ place: String) -> Finding {
        Finding(
            place,
            "The call is completed, and submit then returns an error.",
            remedy: "Return BEAM_OK whenever complete was or will be called; return an error only if it never is."
        )
    }

    private static func twice(_ place: String) -> Finding {
        Finding(
            place,
            "complete is called for a call that is completed already, was refused or never existed.",
            remedy: "Complete each call the plugin took once; the later one is dropped and counted against the plugin."
        )
    }
}

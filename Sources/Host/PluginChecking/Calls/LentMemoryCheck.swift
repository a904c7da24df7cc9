import GatewayCore

extension CallCheck {
    static let lentMemory = CallCheck(
        name: "lent-memory",
        subject: "it reads what it is lent, only that, and only until it returns",
        onCrash:
            "The plugin reads beyond the end of a text or struct, writes to it, or keeps a pointer after its function has returned. "
            + "Texts have no closing NUL: use their length, copy what is kept, and read a field only where BEAM_HAS says that it is there.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving(.guarded) { probe in
                stand.tour.flatMap { place, request in stand.answer(probe, request, place).1 }
            }
        }
    )

    static let laterHost = CallCheck(
        name: "later-host",
        subject: "it works in a later gateway, with longer structs and unknown flags",
        onCrash:
            "Accept every struct_size that is at least the known one, every minor, and flags that mean nothing yet.",
        run: { stand throws(CheckStand.NotServing) in
            let now = try stand.started()
            let later: Probe
            do throws(CheckStand.NotServing) {
                later = try stand.started(.future)
            } catch {
                return [lockedOut("START", "The plugin does not start in a later gateway: \(error.reason).")]
            }
            var findings: [Finding] = []
            for (place, request) in stand.tour {
                let (expected, _) = stand.answer(now, request, place)
                let context = Array(#"{"principal":{"subject":"1","new":[{}]},"from_the_future":{"a":[1,null]}}"#.utf8)
                let found = stand.answer(later, request, "\(place) in a later gateway", context: context).0
                // What was cancelled at its deadline says nothing.
                if expected.isOK, !found.isOK, ![.cancelled, .timeout].contains(found.status) {
                    findings.append(
                        lockedOut(
                            place,
                            "A later gateway gets \(StatusWord.of(found.number)) where this one gets BEAM_OK."
                        )
                    )
                }
            }
            stand.end(now)
            stand.end(later)
            return findings
        }
    )

    private static func lockedOut(_ place: String, _ fault: String) -> Finding {
        Finding(
            place,
            fault,
            remedy:
                "Compare struct_size with >=, the major alone, and ignore flags and JSON members the plugin does not know."
        )
    }
}

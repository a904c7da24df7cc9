extension CallCheck {
    static let unknown = CallCheck(
        name: "unknown",
        subject: "it refuses methods and names it does not know",
        onCrash: "End the switch over methods with a default, and look names up with their length.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                var findings: [Finding] = []
                for method in [Method.unknown, UInt32.max, 0] {
                    let place = "method \(method)"
                    let (result, unanswered) = stand.answer(probe, ProbeRequest(method), place)
                    findings += unanswered
                    if result.isOK {
                        findings.append(
                            Finding(
                                place,
                                "A method that no version of the contract has is answered with BEAM_OK.",
                                remedy: "Return BEAM_UNSUPPORTED from submit for every method the plugin does not know."
                            )
                        )
                    }
                }
                // The second name is longer than any buffer on a stack should be taken for.
                for name in ["no_such_tool", String(repeating: "n", count: 4096), ""] {
                    let place = "tool \"\(name.prefix(20))\""
                    let (result, unanswered) = stand.answer(probe, ProbeRequest(Method.toolCall, name), place)
                    findings += unanswered
                    if result.isOK {
                        findings.append(
                            Finding(
                                place,
                                "A tool that does not exist is answered with BEAM_OK.",
                                remedy: "Compare the whole name with its length and answer BEAM_NOT_FOUND."
                            )
                        )
                    }
                }
                let others = [
                    (Method.resourceRead, "resource", "no-such-scheme://nothing"),
                    (Method.promptGet, "prompt", "no_such_prompt"),
                ]
                for (method, kind, name) in others {
                    let place = "\(kind) \"\(name)\""
                    let (result, unanswered) = stand.answer(probe, ProbeRequest(method, name), place)
                    findings += unanswered
                    if result.isOK {
                        findings.append(
                            Finding(
                                place,
                                "A \(kind) that does not exist is answered with BEAM_OK.",
                                remedy: "Compare the whole name with its length and answer BEAM_NOT_FOUND."
                            )
                        )
                    }
                }
                return findings
            }
        }
    )
}

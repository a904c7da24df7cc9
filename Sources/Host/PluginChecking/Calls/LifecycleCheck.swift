import GatewayCore
import JSON
import PluginHosting
import PluginRuntime

extension CallCheck {
    static let lifecycle = CallCheck(
        name: "lifecycle",
        subject: "it starts, says how it is, lists what it has, and stops",
        onCrash: "Run the plugin's own tests with -fsanitize=address and the fake host.",
        run: { stand throws(CheckStand.NotServing) in
            let probe = Probe([])
            for answer in stand.recordings.answers { probe.answer(answer) }
            stand.mark("create")
            let created = probe.create(stand.library, configuration: stand.recordings.configuration)
            guard created == PluginStatus.ok.rawValue else {
                return [
                    Finding(
                        "create",
                        "The function returns \(StatusWord.of(created)) for an empty configuration, or no instance.",
                        remedy:
                            "Return BEAM_OK and set *out; if the plugin needs settings, record them in check/config.json."
                    )
                ]
            }
            var findings: [Finding] = []
            if probe.counts.misplaced > 0 {
                findings.append(
                    Finding(
                        "create",
                        "The function calls the host for more than log and get_interface, before it is an instance.",
                        remedy: "Do that in START."
                    )
                )
            }
            stand.mark("START")
            let start = probe.perform(ProbeRequest(Method.start), within: stand.manifest.execution.startTimeout)
            guard start.isOK else {
                return findings + [
                    Finding(
                        "START",
                        "START ends with \(StatusWord.of(start.number))\(start.isCompleted ? "" : " and is not completed").",
                        remedy:
                            "Complete START with BEAM_OK and {}; what may be absent is asked for at the first call. Settings come from check/config.json."
                    )
                ]
            }
            findings += health(stand, probe) + lists(stand, probe)
            stand.mark("STOP")
            let stop = probe.perform(ProbeRequest(Method.stop), within: stand.settings.patience)
            guard stop.isOK else {
                return findings + [
                    Finding(
                        "STOP",
                        "STOP ends with \(StatusWord.of(stop.number))\(stop.isCompleted ? "" : " and is not completed").",
                        remedy: "Complete STOP with BEAM_OK and {}, at once or when the last thread has ended."
                    )
                ]
            }
            stand.mark("destroy")
            probe.destroy()
            return findings
        }
    )

    private static func health(_ stand: CheckStand, _ probe: Probe) -> [Finding] {
        let (result, unanswered) = stand.answer(probe, ProbeRequest(Method.health), "HEALTH")
        guard result.isOK else { return unanswered }
        let status = (try? JSONValue(parsing: result.structured))?["status"]?.string
        guard ["ok", "degraded", "down"].contains(status) else {
            return [
                Finding(
                    "HEALTH",
                    "The answer has no status that is ok, degraded or down.",
                    remedy: "Answer {\"status\":\"ok\"}, or refuse the method with BEAM_UNSUPPORTED."
                )
            ]
        }
        return []
    }

    private static func lists(_ stand: CheckStand, _ probe: Probe) -> [Finding] {
        ["tools", "resources", "resourceTemplates", "prompts"].flatMap { list -> [Finding] in
            let place = "LIST \(list)"
            let (result, unanswered) = stand.answer(probe, ProbeRequest(Method.list, list), place)
            guard result.isOK else { return unanswered }
            guard (try? JSONValue(parsing: result.structured))?["items"]?.array != nil else {
                return [
                    Finding(
                        place,
                        "The answer has no array \"items\".",
                        remedy:
                            "Answer {\"items\":[…]} with what the manifest does not have, or refuse LIST with BEAM_UNSUPPORTED."
                    )
                ]
            }
            return []
        }
    }
}

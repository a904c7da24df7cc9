import GatewayCore
import JSON
import PluginHosting

extension CallCheck {
    static let arguments = CallCheck(
        name: "results",
        subject: "what it answers to arguments that fit is what it promises",
        onCrash: "The arguments fit the tool's input schema; narrow the schema or handle them.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                var findings: [Finding] = []
                var silent: [String] = []
                var read: Set<String> = []
                for tool in stand.manifest.tools {
                    let calls = stand.samples(of: tool).valid.prefix(6).map { CheckStand.ToolCall(tool, $0) }
                    guard !calls.isEmpty else {
                        findings.append(unmakeable(tool.localName))
                        continue
                    }
                    var hasSucceeded = false
                    for call in calls {
                        let (result, unanswered) = stand.answer(probe, call.request, call.place)
                        findings += unanswered + ResultRules.findings(result, of: tool, call.place)
                        hasSucceeded = hasSucceeded || result.isOK
                    }
                    if !hasSucceeded { silent.append(tool.localName) }
                }
                if !silent.isEmpty { findings.append(neverSucceeded(silent)) }
                for (place, request) in stand.tour
                where [Method.resourceRead, Method.promptGet, Method.completion].contains(request.method) {
                    let (result, unanswered) = stand.answer(probe, request, place)
                    findings += unanswered + ResultRules.itemFindings(result, request, place)
                    if result.isOK { read.insert(request.name) }
                }
                for template in stand.manifest.items where template.kind == .template {
                    if read.isDisjoint(with: stand.addresses(of: template.localName)) {
                        findings.append(neverRead(template.localName))
                    }
                }
                if probe.counts.unreadable > 0 {
                    findings.append(
                        Finding(
                            "beam_result",
                            "A result cannot be read: its struct_size is too small, or a text has a length and no pointer.",
                            remedy:
                                "Begin with `beam_result result = {sizeof result}` and leave unused texts {NULL, 0}."
                        )
                    )
                }
                return findings
            }
        }
    )

    private static func unmakeable(_ tool: String) -> Finding {
        Finding.warning(
            tool,
            "No arguments that fit the input schema could be made, so the tool was not called.",
            remedy: "Put some into check/arguments.json: {\"\(tool)\": [{…}]}."
        )
    }

    private static func neverRead(_ template: String) -> Finding {
        .warning(
            template,
            "No address made from the template could be read, so the contents were not compared with what they must be.",
            remedy: "Put values of its variables into check/arguments.json: {\"\(template)\": [{…}]}."
        )
    }

    private static func neverSucceeded(_ tools: [String]) -> Finding {
        Finding.warning(
            tools.joined(separator: ", "),
            "No call succeeded, so the results were not compared with what the plugin promises.",
            remedy: "Record what sources answer in check/sources.json and arguments in check/arguments.json."
        )
    }
}

import GatewayCore
import JSON
import PluginHosting

extension CallCheck {
    static let authorize = CallCheck(
        name: "authorize",
        subject: "AUTHORIZE answers {\"allow\": bool} and never allows what does not exist",
        onCrash: "Refuse AUTHORIZE with BEAM_UNSUPPORTED when no rule says \"narrow\".",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                let body = Array(#"{"kind":"tool","arguments":{}}"#.utf8)
                var findings: [Finding] = []
                for name in stand.manifest.tools.map(\.localName) + ["no_such_tool"] {
                    let place = "AUTHORIZE \(name)"
                    let (result, unanswered) = stand.answer(probe, ProbeRequest(Method.authorize, name, body), place)
                    findings += unanswered
                    guard result.isOK else { continue }
                    guard let allows = (try? JSONValue(parsing: result.structured))?["allow"]?.bool else {
                        findings.append(
                            Finding(
                                place,
                                "The answer has no boolean \"allow\"; the gateway takes it as a no.",
                                remedy: "Answer {\"allow\":true} or {\"allow\":false,\"reason\":\"…\"}."
                            )
                        )
                        continue
                    }
                    if allows, name == "no_such_tool" {
                        findings.append(
                            Finding(
                                place,
                                "A tool that does not exist is allowed.",
                                remedy: "Allow only what is known; answer false to everything else."
                            )
                        )
                    }
                }
                return findings
            }
        }
    )
}

import PluginHosting

extension CallCheck {
    static let invalidArguments = CallCheck(
        name: "wrong-arguments",
        subject: "arguments that do not fit do it no harm",
        onCrash:
            "The gateway checks arguments before, but one bug there must not end the process: check lengths and kinds.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                var findings: [Finding] = []
                for tool in stand.manifest.tools {
                    for arguments in stand.samples(of: tool).invalid where findings.count < 5 {
                        let call = CheckStand.ToolCall(tool, arguments)
                        findings += stand.answer(probe, call.request, call.place).1
                    }
                }
                return findings
            }
        }
    )
}

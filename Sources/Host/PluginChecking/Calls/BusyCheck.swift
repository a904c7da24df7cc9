import GatewayCore

extension CallCheck {
    static let busy = CallCheck(
        name: "busy",
        subject: "it goes on when the host takes no messages",
        onCrash: "emit and progress may return BEAM_BUSY or BEAM_CANCELLED at any time; drop the message and go on.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                [PluginStatus.busy, .cancelled].flatMap { status in
                    probe.refuseEvents(with: status)
                    return stand.toolCalls.flatMap { call in
                        stand.answer(
                            probe,
                            call.request,
                            "\(call.place) while emit answers \(StatusWord.of(status.rawValue))",
                            // So far away that only the plugin can end its waiting.
                            deadline: .seconds(600)
                        ).1
                    }
                }
            }
        }
    )
}

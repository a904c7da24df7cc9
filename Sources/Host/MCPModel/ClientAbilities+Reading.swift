package import GatewayCore
package import JSON

extension ClientAbilities {
    /// Reads what a client declared (2026-07-28 basic, "Client capabilities"; the same names in all revisions).
    ///
    /// `elicitation: {}` means forms only, as it did before there were links.
    package init(_ capabilities: JSONNode?) {
        self = []
        guard let capabilities else { return }
        for member in capabilities.members where member.value.kind == .object {
            if member.key.isString("elicitation") {
                if member.value["form"]?.kind == .object || member.value["url"] == nil {
                    formUnion([.form, .manyChoices])
                }
                if member.value["url"]?.kind == .object { insert(.link) }
            } else if member.key.isString("sampling") {
                insert(.sampling)
            } else if member.key.isString("roots") {
                insert(.roots)
            }
        }
    }

    /// What of it clients of a revision can do, whatever they say.
    package func possible(in revision: Revision) -> ClientAbilities {
        var possible = self
        if !revision.hasQuestions { possible.remove(.form) }
        if !revision.hasLinkQuestions { possible.subtract([.link, .manyChoices]) }
        return possible
    }

    /// The same as a client declares it.
    var declaration: JSONValue {
        var object = JSONObject()
        var modes = JSONObject()
        if !isDisjoint(with: [.form, .manyChoices]) { modes["form"] = [:] }
        if contains(.link) { modes["url"] = [:] }
        if !modes.members.isEmpty { object["elicitation"] = .object(modes) }
        if contains(.sampling) { object["sampling"] = [:] }
        if contains(.roots) { object["roots"] = [:] }
        return .object(object)
    }
}

extension ProtocolError {
    /// The client did not declare what the request needs.
    package static func missingCapabilities(_ missing: ClientAbilities) -> ProtocolError {
        ProtocolError(
            .missingClientCapability,
            "The request needs capabilities that the client did not declare.",
            data: ["requiredCapabilities": missing.declaration]
        )
    }
}

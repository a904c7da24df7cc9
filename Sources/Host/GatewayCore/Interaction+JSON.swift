package import JSON

/// What was asked and answered, as text that is kept or travels until the call comes again.
extension Interaction {
    /// Writes the members that `init(_:abilities:)` reads, into an open object.
    ///
    /// What the client can be asked is not part of it: that is said with every request.
    package func writeMembers(to writer: inout JSONWriter) {
        if let edition {
            writer.name("edition")
            writer.write(edition)
        }
        if let consent {
            writer.name("consent")
            writer.write(consent)
        }
        if !agreements.isEmpty {
            writer.name("agreements")
            writer.beginArray()
            for agreement in agreements {
                agreement.statement.write(granted: agreement.isGranted, to: &writer)
            }
            writer.endArray()
        }
        if let memory {
            writer.name("memory")
            writer.write(memory)
        }
        if !answers.isEmpty {
            writer.name("answers")
            writer.writeRaw(answers)
        }
    }

    /// Reads what `writeMembers` wrote.
    package init(_ node: JSONNode, abilities: ClientAbilities) {
        self.init(
            abilities: abilities,
            answers: node["answers"].map { Array($0.bytes) } ?? [],
            memory: node["memory"]?.string,
            consent: node["consent"]?.bool,
            agreements: node["agreements"].map { $0.elements.compactMap(Agreement.init) } ?? [],
            edition: node["edition"]?.string
        )
    }
}

extension Agreement {
    fileprivate init?(_ node: JSONNode) {
        guard let statement = Statement(node), let isGranted = node["granted"]?.bool else { return nil }
        self.init(statement, isGranted: isGranted)
    }
}

extension Statement {
    /// Reads what `write` wrote; nil for anything else.
    package init?(_ node: JSONNode) {
        guard let action = node["action"]?.string, let target = node["target"]?.string else { return nil }
        self.init(action: action, target: target, details: node["details"]?.string)
    }
}

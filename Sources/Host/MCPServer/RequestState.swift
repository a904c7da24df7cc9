package import GatewayCore
import JSON
import MCPModel

/// What a question leaves with the client until the answer: everything, as nothing is kept here.
package struct RequestState: Sendable {
    /// When it was made and when it stops being accepted, in seconds since 1970.
    let made: Int64
    let expiry: Int64
    /// Names this state and no other, so that one that may be used once can be told from the next.
    let name: String
    /// How often the call has asked.
    let round: Int
    /// What was said before.
    let interaction: Interaction
    /// What is asked now.
    let asked: [String: Question.Input.Kind]
    /// What the answer to the question of consent agrees to; nil for the call as such.
    let statement: Statement?

    init(_ question: Question, round: Int, name: String, made: Int64, expiry: Int64) {
        self.made = made
        self.expiry = expiry
        statement = question.statement
        self.name = name
        self.round = round
        var interaction = question.interaction
        interaction.memory = question.memory
        interaction.edition = question.edition
        self.interaction = interaction
        asked = Dictionary(question.inputs.map { ($0.key, $0.kind) }) { first, _ in first }
    }

    /// Reads what `bytes` wrote; nil for anything else.
    ///
    /// What the client can be asked is not part of it: that is said with every request.
    package init?(_ bytes: [UInt8], abilities: ClientAbilities) {
        guard let root = try? JSONDocument(parsing: bytes, limits: .answer).root,
            let made = root["made"]?.integer, let expiry = root["expiry"]?.integer, let name = root["name"]?.string,
            let round = root["round"]?.integer
        else { return nil }
        self.made = Int64(made)
        self.expiry = Int64(expiry)
        statement = root["statement"].flatMap(Statement.init)
        self.name = name
        self.round = round
        interaction = Interaction(root, abilities: abilities)
        var asked: [String: Question.Input.Kind] = [:]
        if let members = root["asked"]?.members {
            for member in members { asked[member.name] = Self.kind(member.value) }
        }
        self.asked = asked
    }

    /// What `init` reads.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("made")
        writer.write(Int(made))
        writer.name("expiry")
        writer.write(Int(expiry))
        writer.name("name")
        writer.write(name)
        writer.name("round")
        writer.write(round)
        interaction.writeMembers(to: &writer)
        if let statement {
            writer.name("statement")
            statement.write(granted: nil, to: &writer)
        }
        writer.name("asked")
        writer.beginObject()
        for (key, kind) in asked.sorted(by: { $0.key < $1.key }) {
            writer.name(key)
            Self.write(kind, to: &writer)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ kind: Question.Input.Kind, to writer: inout JSONWriter) {
        switch kind {
        case .form(let schema): writer.writeRaw(schema)
        case .link: writer.write("link")
        case .sampling: writer.write("sampling")
        case .roots: writer.write("roots")
        }
    }

    private static func kind(_ node: JSONNode) -> Question.Input.Kind? {
        switch node.string {
        case "link": .link
        case "sampling": .sampling
        case "roots": .roots
        default: node.kind == .object ? .form(schema: Array(node.bytes)) : nil
        }
    }
}

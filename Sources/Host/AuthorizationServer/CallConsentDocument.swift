import GatewayCore
import JSON
import Sealing

/// What is kept of a call that somebody is asked about.
struct CallConsentDocument: Hashable, Sendable {
    /// The page's name.
    let id: String
    let item: ItemReference
    let sheet: ConsentSheet
    let statement: Statement?
    /// What was said before.
    let interaction: Interaction
    /// Who made the call.
    let issuer: String
    let subject: String
    let username: String?
    let client: String?
    /// The SHA-256 of the arguments as they came, as in the audit trail.
    let argumentsDigest: String?

    init(_ question: ConsentPage, id: String) {
        let call = question.subject
        self.id = id
        item = call.item
        sheet = question.sheet
        statement = question.statement
        interaction = question.interaction
        issuer = call.principal.issuer
        subject = call.principal.subject
        username = call.principal.username
        client = call.principal.client
        argumentsDigest = call.arguments.map { Digest.sha256Text(Array($0.bytes)) }
    }

    /// Reads what `bytes` wrote; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard let kept = Document.value(Kept.self, bytes), let kind = ItemReference.Kind(rawValue: kept.kind),
            let root = try? JSONDocument(parsing: Array(kept.interaction.utf8), limits: Self.limits).root
        else { return nil }
        id = kept.id
        item = ItemReference(kind: kind, namespace: kept.namespace, localName: kept.item)
        sheet = kept.sheet
        statement = root["statement"].flatMap(Statement.init)
        interaction = Interaction(root, abilities: [])
        issuer = kept.issuer
        subject = kept.subject
        username = kept.username
        client = kept.client
        argumentsDigest = kept.argumentsDigest
    }

    /// What `init` reads.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        interaction.writeMembers(to: &writer)
        if let statement {
            writer.name("statement")
            statement.write(granted: nil, to: &writer)
        }
        writer.endObject()
        return Document.bytes(
            Kept(
                id: id,
                kind: item.kind.rawValue,
                namespace: item.namespace,
                item: item.localName,
                sheet: sheet,
                interaction: String(decoding: writer.bytes, as: UTF8.self),
                issuer: issuer,
                subject: subject,
                username: username,
                client: client,
                argumentsDigest: argumentsDigest
            )
        )
    }

    /// The answers of clients stand in it, which were checked when they came.
    private static let limits = JSONLimits(depth: 256, bytes: .max, refusesDuplicateNames: false)

    private struct Kept: Codable {
        let id: String
        let kind: String
        let namespace: String
        let item: String
        let sheet: ConsentSheet
        let interaction: String
        let issuer: String
        let subject: String
        let username: String?
        let client: String?
        let argumentsDigest: String?
    }
}

import GatewayCore
import Observability
import Sealing

/// What the file holds of one result.
struct ProvenanceRow: Sendable {
    /// Of the id: who reads the file cannot say that the result is theirs.
    let digest: String
    let requestID: String
    let issuer: String
    let subject: String
    let kind: String
    let namespace: String
    let name: String
    let time: Int64
    let argumentsDigest: String?
    let resultDigest: String
    let resultBytes: Int
    let isError: Bool
    let tags: [UInt8]
    let areAllTags: Bool

    static func digest(of id: ProvenanceID) -> String { Digest.sha256Text(Array(id.description.utf8)) }
}

extension ProvenanceRow {
    /// Works out what is kept of an answer that was there at a time.
    init(_ answer: AnsweredCall, at time: Int64, valuesPerResult: Int) {
        // Without a structure the blocks are all there is.
        let result = answer.structured.isEmpty ? answer.content : answer.structured
        var values = ValueTags(answer.id, most: valuesPerResult)
        if !answer.structured.isEmpty { values.add(json: answer.structured) }
        if !answer.content.isEmpty { values.add(json: answer.content) }
        self.init(
            digest: Self.digest(of: answer.id),
            requestID: answer.requestID.description,
            issuer: answer.principal.issuer,
            subject: answer.principal.subject,
            kind: answer.item.kind.rawValue,
            namespace: answer.item.namespace,
            name: answer.name,
            time: time,
            argumentsDigest: answer.arguments.map { Digest.sha256Text(Array($0)) },
            resultDigest: Digest.sha256Text(result),
            resultBytes: result.count,
            isError: answer.isError,
            tags: values.bytes,
            areAllTags: !values.isCut
        )
    }

    /// What the caller may know of it.
    func known(holding values: [String], of id: ProvenanceID) -> KnownResult {
        var holds: Bool?
        if !values.isEmpty {
            holds = values.contains { ValueTags.contains(ValueTags.tag($0, id), in: tags) }
            if holds == false, !areAllTags { holds = nil }
        }
        return KnownResult(
            requestID: requestID,
            kind: kind,
            namespace: namespace,
            name: name,
            answeredAt: LogTime(millisecondsSince1970: time).description,
            argumentsDigest: argumentsDigest,
            resultDigest: resultDigest,
            resultBytes: resultBytes,
            isError: isError,
            holdsValue: holds
        )
    }
}

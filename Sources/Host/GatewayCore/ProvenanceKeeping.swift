/// Keeps which call gave which result, so that its caller can ask later whether a statement rests on it.
package protocol ProvenanceKeeping: Sendable {
    /// Takes note of a result; never waits and never fails a call.
    func keep(_ answer: AnsweredCall)

    /// What is kept of a result.
    ///
    /// A result of somebody else is unknown, and nothing tells it from one that never was. `values` are strings as they
    /// are and numbers as `JSONNode.canonicalNumber` writes them; the result holds one when it is the whole of a string,
    /// number or truth value in it.
    func finding(_ id: ProvenanceID, of principal: Principal, values: [String]) async -> ProvenanceFinding
}

/// One call and the result a provider gave to it.
package struct AnsweredCall: Sendable {
    package let id: ProvenanceID
    package let requestID: RequestID
    package let principal: Principal
    package let item: ItemReference
    /// What stands in the item's place in an outside name: of a resource its URI, not its template.
    package let name: String
    /// As the client sent them; nil when there were none.
    package let arguments: ArraySlice<UInt8>?
    /// As in `ProviderResult`.
    package let structured: [UInt8]
    package let content: [UInt8]
    package let isError: Bool

    package init(
        id: ProvenanceID,
        requestID: RequestID,
        principal: Principal,
        item: ItemReference,
        name: String,
        arguments: ArraySlice<UInt8>?,
        structured: [UInt8],
        content: [UInt8] = [],
        isError: Bool = false
    ) {
        self.id = id
        self.requestID = requestID
        self.principal = principal
        self.item = item
        self.name = name
        self.arguments = arguments
        self.structured = structured
        self.content = content
        self.isError = isError
    }
}

/// What is known of a result by its id.
package enum ProvenanceFinding: Hashable, Sendable {
    case known(KnownResult)
    /// There is none, or none of this caller, or it was forgotten.
    case unknown
    /// It cannot be looked up now.
    case unavailable
}

/// What is kept of one result: never the result itself.
package struct KnownResult: Hashable, Sendable {
    package let requestID: String
    package let kind: String
    /// As in `AnsweredCall`.
    package let namespace: String
    package let name: String
    /// When the result was there, in ISO 8601.
    package let answeredAt: String
    /// SHA-256 of the arguments as the client wrote them, in hexadecimal digits; nil when there were none.
    package let argumentsDigest: String?
    /// SHA-256 of the result: of its structured content as it was passed on, else of its content.
    package let resultDigest: String
    /// How long that is.
    package let resultBytes: Int
    package let isError: Bool
    /// Whether any of the values asked about occurs in the result; nil when that cannot be told.
    package let holdsValue: Bool?

    package init(
        requestID: String,
        kind: String,
        namespace: String,
        name: String,
        answeredAt: String,
        argumentsDigest: String?,
        resultDigest: String,
        resultBytes: Int,
        isError: Bool,
        holdsValue: Bool?
    ) {
        self.requestID = requestID
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.answeredAt = answeredAt
        self.argumentsDigest = argumentsDigest
        self.resultDigest = resultDigest
        self.resultBytes = resultBytes
        self.isError = isError
        self.holdsValue = holdsValue
    }
}

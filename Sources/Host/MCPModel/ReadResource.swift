package import GatewayCore
package import JSON

/// A request for the contents of a resource (2026-07-28 server/resources, "Reading resources").
package struct ReadResourceRequest: Sendable {
    package static let method = "resources/read"
    /// The member of the parameters that `Mcp-Name` repeats.
    package static let nameMember = "uri"

    package let uri: String

    /// Reads the parameters.
    /// - Throws: -32602 when there is no URI.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let uri = parameters?[Self.nameMember]?.string else {
            throw ProtocolError(.invalidParameters, "params.uri is required and must be a string.")
        }
        self.uri = uri
    }
}

/// The contents of a resource.
package struct ReadResourceResult: ServerResult {
    private let contents: JSONNode?
    package let namespace: String?
    package let meta: [UInt8]
    package let cacheHints: CacheHints?

    /// Takes `{"contents": […]}` as the provider answered; with a namespace, URIs get it before them.
    /// - Throws: -32603 when there are no contents, which would be an empty answer (server/resources, "Error handling").
    package init(
        structured: [UInt8],
        meta: [UInt8],
        namespace: String?,
        cacheHints: CacheHints
    ) throws(ProtocolError) {
        let root = try? JSONDocument(parsing: structured, limits: .answer).root
        guard let contents = root?["contents"], contents.kind == .array,
            contents.elements.contains(where: { _ in true }), contents.elements.allSatisfy(Self.isWhole)
        else { throw .brokenItem }
        self.contents = contents
        self.namespace = namespace
        self.meta = meta
        self.cacheHints = cacheHints
    }

    private static func isWhole(_ part: JSONNode) -> Bool {
        part["uri"]?.string != nil && (part["text"]?.string != nil || part["blob"]?.string != nil)
    }

    package var estimatedSize: Int { (contents?.bytes.count ?? 0) + 256 }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("contents")
        if let contents { OutsideURIs.write(contents, of: namespace, to: &writer) }
    }
}

extension JSONLimits {
    /// What a provider answers was checked before; its size is limited there.
    package static let answer = JSONLimits(depth: 256, bytes: .max, refusesDuplicateNames: false)
}

extension ProtocolError {
    /// The provider's answer has not the shape the protocol demands.
    static let brokenItem = ProtocolError(
        .internalError,
        "The item could not be read; the operators of the gateway were told.",
        data: ["code": "internal"]
    )

    /// There is no such resource for this caller; whether it is hidden or unknown makes no difference to a byte.
    package static func unknownResource(_ uri: String, in revision: Revision) -> ProtocolError {
        ProtocolError(
            revision.isSession ? .resourceNotFound : .invalidParameters,
            "Resource not found. Call resources/list for the resources there are.",
            data: ["uri": .string(echo(uri))]
        )
    }

    /// There is no such prompt for this caller.
    package static func unknownPrompt(_ name: String) -> ProtocolError {
        ProtocolError(
            .invalidParameters,
            "Unknown prompt. Call prompts/list for the prompts there are.",
            data: ["name": .string(echo(name))]
        )
    }

    /// A failure of a provider, for methods whose results have no `isError` (server/resources, "Error handling").
    package init(_ failure: GatewayError) {
        var data = JSONObject()
        data["code"] = .string(failure.code.rawValue)
        data["retry_after_ms"] = failure.retryAfterMilliseconds.map(JSONValue.integer)
        data["hint"] = failure.hint.map(JSONValue.string)
        data["approval_url"] = failure.approvalURL.map(JSONValue.string)
        let code: ProtocolErrorCode = failure.code == .invalidArgument ? .invalidParameters : .internalError
        self.init(code, failure.message, data: .object(data))
    }
}

package import GatewayCore
import JSON

/// What a plugin may ask for at once.
package struct DocumentLimits: Hashable, Sendable {
    /// Passages in one answer.
    package var passages: Int
    /// Bytes of a question.
    package var questionBytes: Int

    package init(passages: Int = 20, questionBytes: Int = 4096) {
        self.passages = passages
        self.questionBytes = questionBytes
    }
}

/// The operation `documents.search` for one plugin, which sees the collections it declares and the site binds, no others.
package struct DocumentServices: HostServing {
    package static let operation = "documents.search"
    private static let usualPassages = 5

    private let library: DocumentLibrary
    private let declared: @Sendable () -> [DocumentDeclaration]
    private let bound: @Sendable (String) -> String?
    private let limits: DocumentLimits
    private let report: @Sendable (String) -> Void

    /// Serves one plugin.
    ///
    /// `declared` gives what its manifest says now, `bound` the collection of the index for a name of the plugin's own, or
    /// nil when the site binds none; `report` hears what the plugin is not told.
    package init(
        library: DocumentLibrary,
        declared: @escaping @Sendable () -> [DocumentDeclaration],
        bound: @escaping @Sendable (String) -> String?,
        limits: DocumentLimits = DocumentLimits(),
        report: @escaping @Sendable (String) -> Void
    ) {
        self.library = library
        self.declared = declared
        self.bound = bound
        self.limits = limits
        self.report = report
    }

    package func serve(_ request: ServiceRequest) async -> ServiceReply {
        guard request.operation == Self.operation else {
            return Self.refusal(.unsupported, "This gateway has no operation \"\(request.operation.prefix(64))\".")
        }
        let body: JSONValue
        do {
            body = try JSONValue(
                parsing: request.body,
                limits: JSONLimits(depth: 8, bytes: limits.questionBytes + 4096)
            )
        } catch {
            return Self.refusal(.invalidArgument, "The body is no JSON object that can be read: \(error)")
        }
        let (name, question) = (body["collection"]?.string ?? "", body["query"]?.string ?? "")
        guard !name.isEmpty, !question.isEmpty else {
            return Self.refusal(.invalidArgument, "\"collection\" and \"query\" must be strings that are not empty.")
        }
        guard question.utf8.count <= limits.questionBytes else {
            return Self.refusal(.tooLarge, "\"query\" must have at most \(limits.questionBytes) bytes.")
        }
        let limit = body["limit"].map { $0.integer ?? 0 } ?? min(Self.usualPassages, limits.passages)
        guard (1...limits.passages).contains(limit) else {
            return Self.refusal(.invalidArgument, "\"limit\" must be from 1 to \(limits.passages).")
        }
        guard let declaration = declared().first(where: { $0.name == name }) else {
            return Self.refusal(.notFound, "The manifest declares no collection \"\(name.prefix(64))\".")
        }
        guard let collection = bound(name) else {
            return Self.refusal(.notFound, "No documents are bound to \"\(name)\".", hint: "The site binds them.")
        }
        // A day is more than any request has; larger numbers would only overflow.
        let longest = body["timeout_ms"]?.integer.map { Duration.milliseconds(min(max($0, 0), 86_400_000)) }
        let deadline = longest.map { request.deadline.atMost($0) } ?? request.deadline
        let outcome = await Self.race(until: deadline) { () throws(DocumentFailure) in
            try await library.passages(of: collection, for: question, as: declaration, limit: limit)
        }
        switch outcome {
        case .success(let passages?): return ServiceReply(status: .ok, body: Self.answer(passages))
        case .success(nil): return Self.refusal(.notFound, "The documents of \"\(name)\" are not indexed yet.")
        case .failure(let failure):
            report("\(Self.operation): \(failure.reason)")
            return Self.refusal(.unavailable, "The documents cannot be searched now.")
        case nil: return Self.refusal(.timeout, "There was no time left to search.")
        }
    }

    /// What a search gives; nil when the moment comes first, and the search is broken off.
    private static func race(
        until deadline: Deadline,
        _ search: @escaping @Sendable () async throws(DocumentFailure) -> [Passage]?
    ) async -> Result<[Passage]?, DocumentFailure>? {
        guard !deadline.hasPassed else { return nil }
        return await withTaskGroup { group in
            group.addTask { () -> Result<[Passage]?, DocumentFailure>? in
                do throws(DocumentFailure) {
                    return .success(try await search())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await Task.sleep(until: deadline.instant, clock: .suspending)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private static func answer(_ passages: [Passage]) -> [UInt8] {
        let items = passages.map { passage -> JSONValue in
            var item = JSONObject()
            item["document"] = .string(passage.document)
            item["section"] = .string(passage.section)
            item["url"] = passage.url.map(JSONValue.string)
            item["text"] = .string(passage.text)
            item["score"] = .double(passage.score)
            return .object(item)
        }
        return (["passages": .array(items)] as JSONValue).serialized
    }

    private static func refusal(_ status: PluginStatus, _ message: String, hint: String? = nil) -> ServiceReply {
        var body = JSONObject()
        body["message"] = .string(message)
        body["hint"] = hint.map(JSONValue.string)
        return ServiceReply(status: status, body: JSONValue.object(body).serialized)
    }
}

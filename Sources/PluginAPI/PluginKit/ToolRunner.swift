import JSON

/// Runs one tool over bytes: decodes its arguments, calls it, encodes its answer or its error.
struct ToolRunner: Sendable {
    /// How a call ended, as it crosses to the host.
    struct Outcome: Sendable {
        let status: Int32
        let answer: Answer
        /// Whether the answer says, in the tool's own form, that it failed.
        let isError: Bool
        /// For the operator's log.
        let detail: String?

        init(_ answer: Answer, status: Int32 = 0) {
            self.status = status
            self.answer = answer
            isError = false
            detail = nil
        }

        init(_ error: ToolError) {
            status = error.ownWords == nil ? error.code.status : 0
            answer = Answer(structured: error.ownWords?.serialized ?? error.body)
            isError = error.ownWords != nil
            detail = error.detail
        }
    }

    /// What a tool or an item answered, each part JSON text or empty.
    struct Answer: Sendable {
        var structured: [UInt8] = []
        /// An array of blocks.
        var content: [UInt8] = []
    }

    private let body: @Sendable (JSONNode, CallContext) async throws(ToolError) -> Answer

    init(_ tool: any Tool) {
        body = Self.erased(tool)
    }

    private static func erased<T: Tool>(
        _ tool: T
    ) -> @Sendable (JSONNode, CallContext) async throws(ToolError) -> Answer {
        { (arguments, context) async throws(ToolError) in
            let input: T.Input
            do {
                input = try JSONNodeDecoder().decode(T.Input.self, from: arguments)
            } catch {
                throw ToolError(.invalidArgument, "\(error)")
            }
            let output = try await tool.call(input, in: context)
            do {
                let bytes = try JSONBytesEncoder().encode(output)
                return T.Output.self == ToolContent.self ? Answer(content: bytes) : Answer(structured: bytes)
            } catch {
                throw ToolError(.internal, "The answer could not be written.", detail: "\(error)")
            }
        }
    }

    /// Runs the tool on a body and a context as the host sends them.
    func run(_ arguments: [UInt8], context: [UInt8], host: any HostCalling) async -> Outcome {
        do {
            let answer = try await body(
                Self.parsed(arguments),
                CallContext(Self.parsed(context), now: .now(), host: host)
            )
            return Outcome(answer)
        } catch {
            return Outcome(error)
        }
    }

    /// Watches a resource as the host asks; UNSUPPORTED when it cannot say when it changes.
    static func watch(
        _ body: [UInt8],
        context: [UInt8],
        host: any HostCalling,
        unsupported: Int32,
        _ watch: (JSONNode, ResourceWatch) async throws(ToolError) -> Bool,
        updated: @escaping @Sendable () -> Void
    ) async -> Outcome {
        do {
            let context = try parsed(context)
            let isWatchable = try await watch(
                parsed(body),
                ResourceWatch(
                    context: { CallContext(context, now: .now(), host: host) },
                    updated: updated,
                    pause: { (try? await Task.sleep(for: $0, clock: .suspending)) != nil }
                )
            )
            return Outcome(Answer(structured: Array("{}".utf8)), status: isWatchable ? 0 : unsupported)
        } catch {
            return Outcome(error)
        }
    }

    /// Has a source answer; UNSUPPORTED when it does not offer the operation.
    static func answer(
        _ body: [UInt8],
        context: [UInt8],
        host: any HostCalling,
        unsupported: Int32,
        _ answer: (JSONNode, CallContext) async throws(ToolError) -> JSONValue?
    ) async -> Outcome {
        do {
            let document = try await answer(parsed(body), CallContext(parsed(context), now: .now(), host: host))
            return Outcome(
                Answer(structured: document?.serialized ?? Array("{}".utf8)),
                status: document == nil ? unsupported : 0
            )
        } catch {
            return Outcome(error)
        }
    }

    /// Runs something else than a tool on a body and a context as the host sends them.
    static func run(
        _ body: [UInt8],
        context: [UInt8],
        host: any HostCalling,
        _ answer: (JSONNode, CallContext) async throws(ToolError) -> [UInt8]
    ) async -> Outcome {
        do {
            let structured = try await answer(
                parsed(body),
                CallContext(parsed(context), now: .now(), host: host)
            )
            return Outcome(Answer(structured: structured))
        } catch {
            return Outcome(error)
        }
    }

    /// Runs the tool on arguments and a context made by a test.
    func run(_ arguments: JSONNode, in context: CallContext) async throws(ToolError) -> Answer {
        try await body(arguments, context)
    }

    private static func parsed(_ bytes: [UInt8]) throws(ToolError) -> JSONNode {
        do {
            return try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes).root
        } catch {
            throw ToolError(.internal, "The gateway asked in a form this plugin cannot read.", detail: "\(error)")
        }
    }
}

extension ToolError {
    /// The error as `structured` of a completion.
    var body: [UInt8] {
        if let asked { return asked.serialized }
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("message")
        writer.write(message)
        if let hint {
            writer.name("hint")
            writer.write(hint)
        }
        if let detail {
            writer.name("detail")
            writer.write(detail)
        }
        writer.endObject()
        return writer.bytes
    }
}

extension CallContext {
    /// Reads the context object of a request; what is absent means none.
    init(_ context: JSONNode, now: Timestamp, host: any HostCalling) {
        let principal = context["principal"]
        self.init(
            caller: Caller(
                issuer: principal?["issuer"]?.string ?? "",
                subject: principal?["subject"]?.string ?? "",
                username: principal?["username"]?.string,
                roles: Self.words(principal?["roles"]),
                scopes: Self.words(principal?["scopes"])
            ),
            requestID: context["request_id"]?.string ?? "",
            budgetBytes: context["budget_bytes"]?.integer ?? 32 << 10,
            wants: Wants(
                progress: context["wants"]?["progress"]?.bool ?? false,
                messages: context["wants"]?["log_level"]?.string.flatMap(MessageLevel.init)
            ),
            conversation: Conversation(context),
            now: now,
            host: host
        )
    }

    private static func words(_ list: JSONNode?) -> Set<String> {
        Set((list?.elements).map { $0.compactMap(\.string) } ?? [])
    }
}

public import JSON
public import PluginKit

/// Runs a tool as the host would: arguments through its input schema, the answer through its output schema.
public struct CallHarness: Sendable {
    private let tool: any Tool
    private let host: any HostCalling
    private let caller: Caller
    private let now: Timestamp
    private let budgetBytes: Int
    private let wants: Wants
    private let conversation: Conversation

    /// Creates a harness around a tool, for a client that wants to hear everything unless told otherwise.
    public init(
        _ tool: any Tool,
        host: any HostCalling,
        caller: Caller = Caller(),
        now: Timestamp,
        budgetBytes: Int = 32 << 10,
        wants: Wants = Wants(progress: true, messages: .debug),
        conversation: Conversation = Conversation()
    ) {
        self.tool = tool
        self.host = host
        self.caller = caller
        self.now = now
        self.budgetBytes = budgetBytes
        self.wants = wants
        self.conversation = conversation
    }

    /// Why a call did not give a usable answer.
    public enum Failure: Error, Hashable, Sendable {
        /// The arguments do not fit the input schema; the host would have refused them.
        case arguments([JSONSchemaViolation])
        /// The tool threw.
        case tool(ToolError)
        /// The answer does not fit the output schema: a fault of the tool.
        case output([JSONSchemaViolation])
        /// A schema does not compile: a fault of the tool.
        case schema(JSONSchemaError)
    }

    /// Calls the tool.
    /// - Returns: the structured answer, or the array of blocks of a tool that answers with `ToolContent`.
    public func call(_ arguments: JSONValue = [:]) async throws(Failure) -> JSONValue {
        let description = type(of: tool).description
        let node = root(of: arguments)
        let faults = try schema(description.input, options: .toolInput).violations(in: node)
        guard faults.isEmpty else { throw .arguments(faults) }
        let context = CallContext(
            caller: caller,
            budgetBytes: budgetBytes,
            wants: wants,
            conversation: conversation,
            now: now,
            host: host
        )
        let structured: [UInt8]
        do {
            structured = try await ToolCalling.call(tool, with: node, in: context)
        } catch {
            throw .tool(error)
        }
        let value = (try? JSONValue(parsing: structured)) ?? .null
        guard let output = description.output else { return value }
        let misfits = try schema(output, options: .init()).violations(in: root(of: value))
        guard misfits.isEmpty else { throw .output(misfits) }
        return value
    }

    private func schema(_ schema: Schema, options: JSONSchema.Options) throws(Failure) -> JSONSchema {
        do {
            return try JSONSchema(compiling: schema.document, options: options)
        } catch {
            throw .schema(error)
        }
    }

    private func root(of value: JSONValue) -> JSONNode {
        guard let document = try? JSONDocument(parsing: value.serialized, limits: JSONLimits(depth: 512)) else {
            preconditionFailure("A value that was written can be read.")
        }
        return document.root
    }
}

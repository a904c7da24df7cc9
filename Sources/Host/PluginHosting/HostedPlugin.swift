package import GatewayCore
import JSON
import Logging
import PluginRuntime
import Synchronization

/// A plugin as a provider of tools, wherever it runs: what callers see of it is made here alone.
package final class HostedPlugin: ToolProvider {
    package let namespace: String
    let plugin: any PluginCalling
    /// The names of the `provides` of the manifest that serves.
    private let provided: Mutex<Set<String>>
    let logger: Logger
    /// The tools that say they change nothing: their calls may be repeated when a worker is gone.
    private let readOnlyTools: Mutex<Set<String>>
    let lastHealth = Mutex(PluginHealth.ok)

    init(
        namespace: String,
        plugin: any PluginCalling,
        tools: [ToolDescription],
        providedSources: Set<String>,
        logger: Logger
    ) {
        self.namespace = namespace
        self.plugin = plugin
        provided = Mutex(providedSources)
        self.logger = logger
        readOnlyTools = Mutex(Self.readOnly(tools))
    }

    package var providedSources: Set<String> { provided.withLock { $0 } }

    /// Takes note of the sources that the plugin answers for from now on.
    func provides(_ sources: [PluginManifest.SourceOffer]) {
        provided.withLock { $0 = Set(sources.map(\.name)) }
    }

    /// Takes note of what the plugin offers now.
    func offers(_ tools: [ToolDescription]) {
        readOnlyTools.withLock { $0 = Self.readOnly(tools) }
    }

    private static func readOnly(_ tools: [ToolDescription]) -> Set<String> {
        Set(tools.filter { $0.annotations?.object?["readOnlyHint"]?.bool == true }.map(\.localName))
    }

    package func call(_ call: ProviderCall) async -> ProviderReply {
        let answer = await plugin.call(
            PluginRequest(
                method: .toolCall,
                name: call.tool,
                body: call.arguments,
                context: CallContextText.write(call, namespace: namespace),
                deadline: call.deadline,
                caller: PluginCaller(requestID: call.requestID, principal: call.principal, trace: call.trace),
                isRepeatable: readOnlyTools.withLock { $0.contains(call.tool) },
                events: call.listener.map { EventMapping(namespace: namespace, listener: $0).hear }
            )
        )
        let mapping = ReplyMapping(answer, limits: plugin.limits)
        if let detail = mapping.detail {
            logger.notice(
                "A tool failed",
                metadata: [
                    "tool": "\(call.tool)", "request_id": "\(call.requestID)", "status": "\(answer.status)",
                    "detail": "\(detail)",
                ]
            )
        }
        return mapping.reply
    }

    /// The tools the plugin offers beyond its manifest, as it lists them now; empty when it lists none.
    ///
    /// Broken or unreachable lists throw, so that the catalog keeps what it has.
    package func dynamicTools(within limit: Duration = .seconds(10)) async throws(PluginListError) -> [ToolDescription]
    {
        try await list("tools", within: limit) { reader, value, path in reader.tools(value, path) }
    }

    /// One list of the plugin, page by page.
    func list<Item>(
        _ name: String,
        within limit: Duration = .seconds(10),
        _ read: (inout ManifestReader, JSONValue?, JSONPath) -> [Item]
    ) async throws(PluginListError) -> [Item] {
        let deadline = Deadline.after(limit)
        var items: [Item] = []
        var cursor: String?
        for _ in 0..<Self.maximumPages {
            var writer = JSONWriter()
            writer.beginObject()
            if let cursor {
                writer.name("cursor")
                writer.write(cursor)
            }
            writer.endObject()
            let answer = await plugin.call(
                PluginRequest(
                    method: .list,
                    name: name,
                    body: writer.bytes[...],
                    deadline: deadline,
                    isRepeatable: true
                )
            )
            if answer.status == .unsupported, cursor == nil { return [] }
            guard answer.status == .ok else {
                throw PluginListError(reason: "LIST of \(name) failed (\(answer.status)).")
            }
            guard let root = try? JSONValue(parsing: answer.structured) else {
                throw PluginListError(reason: "LIST of \(name) gave no JSON.")
            }
            var reader = ManifestReader(iconBytes: plugin.limits.iconBytes)
            items += read(&reader, root["items"], JSONPath().appending("items"))
            guard reader.faults.isEmpty else {
                throw PluginListError(
                    reason: "LIST of \(name) is not acceptable: \(PluginManifestError(faults: reader.faults))"
                )
            }
            cursor = root["next_cursor"]?.string
            if cursor == nil { return items }
        }
        throw PluginListError(reason: "LIST of \(name) has more than \(Self.maximumPages) pages.")
    }

    /// How its calls stand now.
    package var counts: PluginCounts { plugin.counts }

    /// Its process; nil when it runs in the gateway's.
    package var worker: WorkerStatus? { plugin.worker }

    /// Ends all calls, then the plugin.
    package func stop(within limit: Duration) async {
        await plugin.stop(within: limit)
    }

    /// How many pages a list may have.
    private static let maximumPages = 100
}

/// Why a plugin's list of dynamic items cannot be used.
///
/// For the operator.
package struct PluginListError: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

package import GatewayCore
import JSON
import Logging
import PluginRuntime

/// A plugin inside this process, as a provider of tools.
package final class InProcessPlugin: ToolProvider {
    package let namespace: String
    let instance: PluginInstance
    /// The names of the manifest's `provides`.
    package let providedSources: Set<String>
    let logger: Logger

    init(namespace: String, instance: PluginInstance, providedSources: Set<String>, logger: Logger) {
        self.namespace = namespace
        self.instance = instance
        self.providedSources = providedSources
        self.logger = logger
    }

    package func call(_ call: ProviderCall) async -> ProviderReply {
        let answer = await instance.call(
            PluginRequest(
                method: .toolCall,
                name: call.tool,
                body: call.arguments,
                context: CallContextText.write(call, namespace: namespace),
                deadline: call.deadline,
                caller: PluginCaller(requestID: call.requestID, principal: call.principal, trace: call.trace),
                events: call.listener.map { EventMapping(namespace: namespace, listener: $0).hear }
            )
        )
        let mapping = ReplyMapping(answer, limits: instance.limits)
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
            let request = PluginRequest(method: .list, name: name, body: writer.bytes[...], deadline: deadline)
            let answer = await instance.call(request)
            if answer.status == .unsupported, cursor == nil { return [] }
            guard answer.status == .ok else {
                throw PluginListError(reason: "LIST of \(name) failed (\(answer.status)).")
            }
            guard let root = try? JSONValue(parsing: answer.structured) else {
                throw PluginListError(reason: "LIST of \(name) gave no JSON.")
            }
            var reader = ManifestReader(iconBytes: instance.limits.iconBytes)
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
    package var counts: PluginCounts {
        PluginCounts(
            open: instance.openCalls,
            waiting: instance.waitingCalls,
            lost: instance.lostCalls,
            staleCompletions: instance.staleCompletions
        )
    }

    /// Ends all calls, then the plugin.
    package func stop(within limit: Duration) async {
        await instance.stop(within: limit)
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

package import GatewayCore
import JSON
import Logging
import PluginRuntime

extension HostedPlugin {
    package func verdict(on request: NarrowingRequest) async -> NarrowingVerdict {
        let answer = await plugin.call(
            PluginRequest(
                method: .authorize,
                name: request.name,
                body: NarrowingText.body(of: request)[...],
                context: CallContextText.write(request, namespace: namespace),
                deadline: request.deadline,
                caller: PluginCaller(
                    requestID: request.requestID,
                    principal: request.principal,
                    trace: request.trace
                ),
                isRepeatable: true
            )
        )
        guard answer.fault == nil, answer.status == .ok, let verdict = NarrowingText.verdict(answer.structured) else {
            logger.warning(
                "a plugin did not say whether a call is allowed, so it was refused",
                metadata: [
                    "item": "\(request.item.localName)", "request_id": "\(request.requestID)",
                    "status": "\(answer.status)",
                ]
            )
            return .refused(reason: nil)
        }
        return verdict
    }
}

/// The two JSON texts of `BEAM_M_AUTHORIZE`.
enum NarrowingText {
    static func body(of request: NarrowingRequest) -> [UInt8] {
        var writer = JSONWriter(capacity: request.arguments.count + 48)
        writer.beginObject()
        writer.name("kind")
        writer.write(request.item.kind.rawValue)
        writer.name("arguments")
        writer.writeRaw(request.arguments)
        writer.endObject()
        return writer.bytes
    }

    /// What `{"allow", "reason"?}` says; nil for anything else, which is a no.
    static func verdict(_ text: [UInt8]) -> NarrowingVerdict? {
        guard let root = try? JSONDocument(parsing: text).root, let isAllowed = root["allow"]?.bool else { return nil }
        return isAllowed ? .allowed : .refused(reason: CallerText.cleaned(root["reason"]?.string))
    }
}

import GatewayCore
import JSON

extension PluginInstance {
    /// Looks at the bytes of an answer once, on the caller's side: they will be spliced into a response.
    func reply(to request: PluginRequest, _ outcome: CallOutcome) -> PluginReply {
        switch outcome {
        case .ended(.timeout): return PluginReply(fault: .deadlinePassed)
        case .ended(.cancelled): return PluginReply(fault: .cancelled)
        case .ended(.stale): return PluginReply(fault: .gone)
        case .ended(.internal): return PluginReply(fault: .died)
        case .ended: return PluginReply(fault: .stopping)
        case .refused(let status): return PluginReply(fault: .refused(status))
        case .completed(.tooLarge(let bytes)):
            observer.misbehaved(.resultTooLarge(item: request.name, bytes: bytes))
            return PluginReply(fault: .resultTooLarge(bytes))
        case .completed(.unreadable(let reason)):
            return malformed(request, reason)
        case .completed(.result(let status, let isError, let structured, let content, let meta)):
            if let reason = fault(in: structured, "structured", nil) ?? fault(in: content, "content", .array)
                ?? fault(in: meta, "meta", .object)
            {
                guard status == .ok || status == .inputRequired else {
                    // The status says enough; only its words are lost.
                    observer.misbehaved(.malformedResult(item: request.name, reason: reason))
                    return PluginReply(status: status)
                }
                return malformed(request, reason)
            }
            return PluginReply(status: status, isError: isError, structured: structured, content: content, meta: meta)
        }
    }

    private func malformed(_ request: PluginRequest, _ reason: String) -> PluginReply {
        observer.misbehaved(.malformedResult(item: request.name, reason: reason))
        return PluginReply(fault: .malformedResult(reason))
    }

    private func fault(in bytes: [UInt8], _ part: String, _ kind: JSONNode.Kind?) -> String? {
        guard !bytes.isEmpty else { return nil }
        let jsonLimits = JSONLimits(depth: limits.resultDepth, bytes: limits.resultBytes, refusesDuplicateNames: false)
        do {
            let document = try JSONDocument(parsing: bytes, limits: jsonLimits)
            guard let kind, document.root.kind != kind else { return nil }
            return "`\(part)` is not an \(kind)"
        } catch {
            return "`\(part)`: \(error)"
        }
    }
}

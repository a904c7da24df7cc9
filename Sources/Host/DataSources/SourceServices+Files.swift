internal import GatewayCore
internal import JSON

extension SourceServices {
    /// `source.read`: `{"source","timeout_ms"?}` → `{"exists":false}` or
    /// `{"exists":true,"body","encoding":"text"|"base64"}`.
    ///
    /// The site says which file that is. Where each user has one it is the caller's, by the name that the caller's issuer
    /// vouches for: no member of the body names another.
    func readFile(
        _ request: ServiceRequest,
        _ body: OperationBody,
        _ deadline: Deadline
    ) async throws(ServiceFailure) -> [UInt8] {
        let name = try body.requiredString("source")
        let source = try source(name)
        guard source.kind == .file else {
            throw ServiceFailure(
                .unsupported,
                "The data source \"\(name)\" is of kind \(source.kind.rawValue); it has no files."
            )
        }
        let file = SourceFileRequest(
            user: request.parent?.principal.username,
            maximumBytes: limits.maximumBytes,
            deadline: deadline,
            namespace: namespace
        )
        do {
            return answer(try await source.read(file))
        } catch {
            throw failure(error, of: name, in: request)
        }
    }

    private func answer(_ content: [UInt8]?) -> [UInt8] {
        var writer = JSONWriter(capacity: (content?.count ?? 0) + 64)
        writer.beginObject()
        writer.name("exists")
        writer.write(content != nil)
        if let content {
            ResponseBody(FetchResponse(status: 200, headers: [], body: content), depth: limits.documentDepth)
                .write(to: &writer)
        }
        writer.endObject()
        return writer.bytes
    }
}

import DocumentIndex
import GatewayCore

/// Everything one plugin may ask the host for.
struct PluginServices: HostServing {
    let sources: any HostServing
    let documents: DocumentServices

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        request.operation == DocumentServices.operation
            ? await documents.serve(request) : await sources.serve(request)
    }

    func parentEnded(_ call: UInt64) {
        sources.parentEnded(call)
    }
}

import Catalog
import DocumentIndex
import GatewayCore

/// Everything one plugin may ask the host for.
struct PluginServices: HostServing {
    let sources: any HostServing
    let documents: DocumentServices
    let tools: ToolServices

    func serve(_ request: ServiceRequest) async -> ServiceReply {
        switch request.operation {
        case DocumentServices.operation: await documents.serve(request)
        case ToolServices.operation: await tools.serve(request)
        default: await sources.serve(request)
        }
    }

    func parentEnded(_ call: UInt64) {
        sources.parentEnded(call)
    }
}

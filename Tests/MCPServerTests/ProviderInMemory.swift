import GatewayCore

/// Answers by the tool's local name.
struct ProviderInMemory: ToolProvider {
    func call(_ call: ProviderCall) async -> ProviderReply {
        switch call.tool {
        case "jobs":
            let start = Array("{\"received\":".utf8)
            let end = Array(",\"note\":\"a \\\"quoted\\\" word\"}".utf8)
            return .result(ProviderResult(structured: start + call.arguments + end))
        case "link":
            let content = """
                [{"type":"resource_link","name":"log","uri":"log:1"},{"type":"text","text":"end"}]
                """
            let meta = "{\"io.modelcontextprotocol/serverInfo\":{},\"org.beamline/provenance\":\"p\"}"
            return .result(ProviderResult(structured: [], content: Array(content.utf8), meta: Array(meta.utf8)))
        case "busy":
            return .failure(GatewayError(.unavailable, "Busy.", hint: "Wait.", retryAfterMilliseconds: 1500))
        case "broken":
            return .result(ProviderResult(structured: Array("{\"reason\":\"own words\"}".utf8), isError: true))
        default: return .result(ProviderResult(structured: Array("[1,2,3]".utf8)))
        }
    }
}

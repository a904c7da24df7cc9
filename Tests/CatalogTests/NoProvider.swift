import GatewayCore

/// Nobody is asked in these tests.
struct NoProvider: ToolProvider {
    func call(_ call: ProviderCall) async -> ProviderReply {
        .failure(GatewayError(.internal, "Not called."))
    }
}

import GatewayCore
import Testing

@Suite struct ProtectedResourceMetadataTests {
    @Test func `writes the document of RFC 9728`() {
        let metadata = ProtectedResourceMetadata(
            resource: "https://gw.example/mcp",
            authorizationServers: ["https://gw.example", "https://idp.example/"],
            scopesSupported: ["epic:read"],
            resourceName: "Experiments",
            resourceDocumentation: "https://gw.example/docs"
        )
        #expect(
            String(decoding: metadata.bytes, as: UTF8.self)
                == #"{"resource":"https://gw.example/mcp","authorization_servers":["https://gw.example","https://idp.example/"],"#
                + #""scopes_supported":["epic:read"],"bearer_methods_supported":["header"],"resource_name":"Experiments","#
                + #""resource_documentation":"https://gw.example/docs"}"#
        )
    }

    @Test func `leaves out what there is not`() {
        let metadata = ProtectedResourceMetadata(
            resource: "http://127.0.0.1:8080/mcp",
            authorizationServers: [],
            scopesSupported: [],
            resourceName: "Experiments"
        )
        #expect(
            String(decoding: metadata.bytes, as: UTF8.self)
                == #"{"resource":"http://127.0.0.1:8080/mcp","bearer_methods_supported":["header"],"resource_name":"Experiments"}"#
        )
    }
}

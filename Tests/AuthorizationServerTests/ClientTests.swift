import AuthorizationServer
import Testing

@Suite("What clients say about themselves")
struct ClientTests {
    @Test(arguments: [
        (#"{"redirect_uris": ["https://a.example/"]}"#, Client.Authentication.none),
        (#"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": "none", "x": [1]}"#, .none),
        (#"{"redirect_uris": ["http://localhost/"], "token_endpoint_auth_method": "client_secret_post"}"#, .secretPost),
        (
            #"{"redirect_uris": ["http://localhost/"], "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": []}}"#,
            .privateKey
        ),
    ])
    func `is read`(_ text: String, _ method: Client.Authentication) throws {
        #expect(try ClientMetadata(Samples.node(text), privateUse: []).authentication == method)
    }

    @Test(arguments: [
        "[]", "{}", #"{"redirect_uris": "https://a.example/"}"#, #"{"redirect_uris": []}"#,
        #"{"redirect_uris": [1]}"#, #"{"redirect_uris": ["http://a.example/"]}"#,
        #"{"redirect_uris": ["https://a.example/", "javascript:alert(1)"]}"#,
        #"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": "tls_client_auth"}"#,
        #"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": 1}"#,
        #"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": "private_key_jwt"}"#,
        #"{"redirect_uris": ["https://a.example/"], "token_endpoint_auth_method": "private_key_jwt", "jwks": {}, "jwks_uri": "https://a.example/j"}"#,
    ])
    func `is refused`(_ text: String) throws {
        let node = try Samples.node(text)
        #expect(throws: OAuthError.self) { try ClientMetadata(node, privateUse: []) }
    }

    @Test(arguments: [ClientMetadata.mostRedirectURIs, ClientMetadata.mostRedirectURIs + 1])
    func `has so many redirect URIs at most`(_ count: Int) throws {
        let uris = (0..<count).map { "\"https://a.example/\($0)\"" }.joined(separator: ",")
        let node = try Samples.node("{\"redirect_uris\": [\(uris)]}")
        if count <= ClientMetadata.mostRedirectURIs {
            #expect(try ClientMetadata(node, privateUse: []).redirectURIs.count == count)
        } else {
            #expect(throws: OAuthError.self) { try ClientMetadata(node, privateUse: []) }
        }
    }

    @Test(arguments: [
        (#""Claude""#, "Claude"), (#""A\u202eB\u0007C""#, "ABC"), (#""  ""#, "Unnamed client"), ("1", "Unnamed client"),
        (#""a\nb""#, "ab"),
    ])
    func `its name is cleaned`(_ name: String, _ shown: String) throws {
        let node = try Samples.node(#"{"redirect_uris": ["https://a.example/"], "client_name": \#(name)}"#)
        #expect(try ClientMetadata(node, privateUse: []).name == shown)
    }

    @Test(
        arguments: [
            ([], "client_id=a", "a", .none), ([], "client_id=a&client_secret=s", "a", .secret("s")),
            (["Basic YTpz"], "", "a", .secret("s")), (["basic YTpz"], "client_id=a", "a", .secret("s")),
            (["Basic YSUzQWI6JTJC"], "", "a:b", .secret("+")),
            (
                [],
                "client_id=a&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=x",
                "a", .assertion("x")
            ),
            (
                [],
                "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=x.eyJzdWIiOiJib3QifQ.y",
                "bot", .assertion("x.eyJzdWIiOiJib3QifQ.y")
            ),
        ] as [([String], String, String, ClientCredential.Proof)]
    )
    func `its credential is found`(
        _ fields: [String],
        _ form: String,
        _ client: String,
        _ proof: ClientCredential.Proof
    ) throws {
        let credential = try ClientCredential(authorization: fields, FormParameters(form))
        #expect(credential.client == client)
        #expect(credential.proof == proof)
    }

    @Test(
        arguments: [
            ([], "", .invalidClient), (["Basic YTpz", "Basic YTpz"], "", .invalidRequest),
            (["Basic YTpz"], "client_secret=s", .invalidRequest), (["Basic YTpz"], "client_id=b", .invalidRequest),
            (["Bearer x"], "client_id=a", .invalidClient), (["Basic !!"], "", .invalidClient),
            (["Basic YQ=="], "", .invalidClient), (["Basic OnM="], "", .invalidClient),
            ([], "client_id=a&client_assertion=x", .invalidClient),
            ([], "client_id=a&client_secret=s&client_assertion=x&client_assertion_type=y", .invalidRequest),
        ] as [([String], String, OAuthError.Code)]
    )
    func `two ways at once, or none, are refused`(_ fields: [String], _ form: String, _ code: OAuthError.Code) throws {
        let form = try FormParameters(form)
        #expect {
            try ClientCredential(authorization: fields, form)
        } throws: { error in
            (error as? OAuthError)?.code == code
        }
    }

    @Test(
        arguments: [
            ("grant_type=authorization_code&code=c&code_verifier=v", .code("c", redirectURI: nil, verifier: "v")),
            ("grant_type=refresh_token&refresh_token=r&scope=x", .refresh("r", scope: "x")),
            ("grant_type=client_credentials", .clientCredentials(scope: nil)),
            (
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d",
                .device("d")
            ),
        ] as [(String, TokenRequest)]
    )
    func `its requests for tokens are read`(_ form: String, _ request: TokenRequest) throws {
        #expect(try TokenRequest(FormParameters(form), settings: Samples.settings) == request)
    }

    @Test(
        arguments: [
            ("", .invalidRequest), ("grant_type=password&username=a&password=b", .unsupportedGrantType),
            ("grant_type=implicit", .unsupportedGrantType), ("grant_type=authorization_code&code=c", .invalidRequest),
            ("grant_type=authorization_code&code_verifier=c", .invalidRequest),
            ("grant_type=refresh_token", .invalidRequest),
            ("grant_type=client_credentials&resource=https%3A%2F%2Fother.example", .invalidTarget),
        ] as [(String, OAuthError.Code)]
    )
    func `other requests for tokens are refused`(_ form: String, _ code: OAuthError.Code) throws {
        let form = try FormParameters(form)
        #expect {
            try TokenRequest(form, settings: Samples.settings)
        } throws: { error in
            (error as? OAuthError)?.code == code
        }
    }
}

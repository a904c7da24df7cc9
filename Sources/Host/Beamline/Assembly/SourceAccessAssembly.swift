import AuthorizationServer
import GatewayConfiguration
import OutboundHTTP

/// Turns what the configuration says of credentials for sources into the rules of the broker.
enum SourceAccessAssembly {
    static func access(of configuration: Configuration) throws -> [SourceAccess] {
        try configuration.sources.compactMap { source in
            guard case .http(let settings) = source.kind, !settings.credentials.isEmpty else { return nil }
            return SourceAccess(
                source: source.name,
                origin: try origin(of: settings.baseURL, source.place),
                header: settings.credentialHeader,
                scheme: settings.credentialScheme == "none" ? "" : settings.credentialScheme,
                namespaces: configuration.plugins.filter { $0.sources.values.contains(source.name) }.map(\.namespace),
                ways: try settings.credentials.map { try way($0, configuration) }
            )
        }
    }

    private static func way(_ settings: CredentialSettings, _ configuration: Configuration) throws -> SourceWay {
        let kind: LoginToken = settings.token == .access ? .access : .id
        let aim = TokenAim(audience: settings.audience, resource: settings.resource, scopes: settings.scopes)
        switch settings.kind {
        case .userToken:
            return .given(
                GivenTokenRule(
                    label: settings.label ?? "",
                    prefix: settings.prefix ?? "",
                    lifetime: settings.lifetime.components.seconds,
                    help: settings.help
                )
            )
        case .loginToken: return .login(provider: settings.issuer ?? "", kind)
        case .tokenExchange: return .exchange(provider: settings.issuer ?? "", kind, aim)
        case .clientCredentials:
            return .client(try client(settings, configuration), aim, mayWrite: settings.mayWrite)
        }
    }

    /// The client that the gateway is where it gets tokens for itself.
    private static func client(
        _ settings: CredentialSettings,
        _ configuration: Configuration
    ) throws -> LoginProvider {
        guard let issuer = configuration.issuers.first(where: { $0.id == settings.issuer }),
            let discovery = issuer.discovery, let id = settings.clientID ?? issuer.login?.clientID
        else { throw CommandFailure.notInOrder("\(settings.place): the issuer needs `discovery` and a client") }
        let label = issuer.login?.label ?? ""
        let standard = settings.clientID == nil ? issuer.login?.clientSecret : nil
        let secret = settings.clientSecret ?? standard
        return LoginProvider(
            id: issuer.id,
            label: label.isEmpty ? issuer.id : label,
            issuers: issuer.issuers,
            discoveryURL: discovery,
            clientID: id,
            clientSecret: try secret.map(Secrets.resolve),
            scopes: settings.scopes,
            asksUserinfo: false
        )
    }

    private static func origin(of url: String, _ place: ConfigurationPlace) throws -> String {
        do {
            return try EgressRule(url: url, allowsPrivateAddresses: true).origin.description
        } catch {
            throw CommandFailure.notInOrder("\(place): \(url): \(error)")
        }
    }
}

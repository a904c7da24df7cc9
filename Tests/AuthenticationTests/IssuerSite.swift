import Authentication
import FoundationEssentials
import JSON
import TestSupport

/// A gateway that trusts the issuers of a forge.
struct IssuerSite: Sendable {
    let gateway: GatewayProcess
    let server: IssuerServer
    private let keys: TokenForge

    /// The same keys, now.
    var forge: TokenForge { keys.at(Int64(Date().timeIntervalSince1970)) }

    /// What a client is asked to get first.
    static let baseline = "atlas:read epic:read rubin:read"

    var metadata: String { "http://127.0.0.1:\(gateway.port)/.well-known/oauth-protected-resource/mcp" }

    /// The one that all tests share which change nothing of it.
    static func shared() async throws -> IssuerSite { try await Shared.site.value() }

    static func start() async throws -> IssuerSite {
        let forge = try await SharedForge.value()
        let server = IssuerServer(
            forge.records.compactMap { record in
                guard case .inline(let keys) = record.keys else { return nil }
                return .init(id: record.id, keys: keys)
            }
        )
        try await server.start()
        var settings = SiteSettings()
        settings.identity = try identity(forge, server)
        return IssuerSite(gateway: try await GatewayProcess.start(settings), server: server, keys: forge)
    }

    private static func identity(_ forge: TokenForge, _ server: IssuerServer) throws -> String {
        let folder = try RunFolder.current.subfolder("issuer-site")
        try AskedToken.secret.write(toFile: "\(folder)/secret", atomically: true, encoding: .utf8)
        let root = "http://127.0.0.1:\(server.port)"
        let records = forge.records.map { record in
            """
              \(record.id):
                issuer: \(list(record.issuers))
                jwks_url: \(root)/keys/\(record.id)
                token_profile: \(record.profile.rawValue)
                audience: \(list(record.audience))
                require_azp: \(list(record.allowedClients))
                groups: {claims: \(list(record.groups.paths.flatMap(\.names))), strip_leading_slash: \(record.groups.stripsLeadingSlash)}
                roles: [\(record.roles.map { "{group: \($0.group), role: \($0.role)}" }.joined(separator: ", "))]
            """
        }
        return """
            issuers:
            \(records.joined(separator: "\n"))
              lab:
                issuer: https://lab.example
                token_profile: opaque
                token_prefix: \(AskedToken.prefix)
                introspection: {url: "\(root)/introspect", client_id: "\(AskedToken.client)", client_secret: {file: \(folder)/secret}}
                audience: \(TokenForge.audience)
                groups: {claims: [groups]}
                roles: [{group: members, role: epic.user}]
              rsp:
                preset: gafaelfawr
                issuer: https://data.example
                token_info_url: \(root)/token-info
                user_info_url: \(root)/token-info
                roles: [{group: "read:all", role: rubin.user}]
            """
    }

    private static func list(_ texts: [String]) -> String {
        String(decoding: JSONValue.array(texts.map(JSONValue.string)).serialized, as: UTF8.self)
    }

    private actor Shared {
        static let site = Shared()
        private var task: Task<IssuerSite, any Error>?

        func value() async throws -> IssuerSite {
            if let task { return try await task.value }
            let task = Task { try await IssuerSite.start() }
            self.task = task
            return try await task.value
        }
    }
}

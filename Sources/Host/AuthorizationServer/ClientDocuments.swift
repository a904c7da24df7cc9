package import GatewayCore
import JSON

/// Fetches what clients publish about themselves, and keeps it for a while.
///
/// The URLs are strangers' choice: the fetch given here must go to public addresses only.
package actor ClientDocuments {
    private static let shortestLifetime: Int64 = 300
    private static let longestLifetime: Int64 = 86_400
    /// How long a document that was refused is not asked for again.
    private static let refusalLifetime: Int64 = 60
    private static let mostEntries = 1000
    private static let minute = "documents"

    private struct Entry {
        let bytes: [UInt8]?
        let until: Int64
    }

    private let fetch: any HTTPFetch
    private let clock: any WallClock
    private let events: any AuthorizationReporting
    private let limiter = AttemptLimiter(mostKeys: 1)
    private var entries: [String: Entry] = [:]
    private var running = 0

    package init(fetch: any HTTPFetch, clock: any WallClock, events: any AuthorizationReporting) {
        self.fetch = fetch
        self.clock = clock
        self.events = events
    }

    /// The client whose metadata lie at a URL.
    func client(_ id: String, _ settings: AuthorizationSettings) async throws(OAuthError) -> Client {
        guard settings.allowsDocuments,
            let host = DocumentURL.host(of: id, allowsLoopback: settings.isForOneMachine),
            settings.documentHosts.isEmpty || settings.documentHosts.contains(host)
        else { throw .unknownClient }
        let bytes = try await document(id, settings.limits)
        guard let document = try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: 16, bytes: bytes.count)) else {
            throw refused(id, "it is not JSON")
        }
        let root = document.root
        guard root["client_id"]?.isString(id) == true else { throw refused(id, "its client_id is not its URL") }
        guard root["client_secret"] == nil, root["client_secret_expires_at"] == nil else {
            throw refused(id, "it has a secret")
        }
        let metadata: ClientMetadata
        do throws(OAuthError) {
            metadata = try ClientMetadata(root, privateUse: settings.privateUseRedirects)
        } catch {
            throw refused(id, error.description)
        }
        guard metadata.authentication == .none || metadata.authentication == .privateKey else {
            throw refused(id, "it wants a secret")
        }
        return Client(
            id: id,
            name: metadata.name,
            origin: .document(host: host),
            redirectURIs: metadata.redirectURIs,
            authentication: metadata.authentication,
            keySet: metadata.keySet,
            keySetURL: metadata.keySetURL
        )
    }

    /// The JWK set at a client's `jwks_uri`.
    func keySet(at url: String, _ settings: AuthorizationSettings) async throws(OAuthError) -> [UInt8] {
        guard DocumentURL.host(of: url, allowsLoopback: settings.isForOneMachine) != nil else {
            throw OAuthError(.invalidClient, "The jwks_uri of the client is not one that is fetched.")
        }
        return try await document(url, settings.limits)
    }

    private func refused(_ id: String, _ reason: String) -> OAuthError {
        events.report(AuthorizationEvent(.clientDocumentRefused, client: id, detail: reason))
        return OAuthError(.invalidClient, "The metadata document of the client cannot be used.")
    }

    private func document(_ url: String, _ limits: AuthorizationLimits) async throws(OAuthError) -> [UInt8] {
        let now = clock.now
        if let entry = entries[url], now < entry.until {
            guard let bytes = entry.bytes else { throw refused(url, "it was refused less than a minute ago") }
            return bytes
        }
        guard running < limits.documentsAtOnce,
            limiter.allows(Self.minute, atMost: limits.documentsPerMinute, at: now)
        else { throw .tooMany }
        running += 1
        defer { running -= 1 }
        let (bytes, lifetime, reason) = await load(url, limits)
        if entries.count >= Self.mostEntries { entries = entries.filter { clock.now < $0.value.until } }
        if entries.count >= Self.mostEntries { entries = [:] }
        entries[url] = Entry(bytes: bytes, until: clock.now + lifetime)
        guard let bytes else { throw refused(url, reason) }
        return bytes
    }

    private func load(
        _ url: String,
        _ limits: AuthorizationLimits
    ) async -> (bytes: [UInt8]?, lifetime: Int64, reason: String) {
        let request = FetchRequest(
            url: url,
            headers: [HTTPField("Accept", "application/json")],
            maximumBytes: limits.documentBytes,
            deadline: .after(.seconds(limits.documentTimeout))
        )
        do throws(FetchError) {
            let response = try await fetch.fetch(request)
            guard response.status == 200 else { return (nil, Self.refusalLifetime, "its status is not 200") }
            guard Self.isJSON(response.header("content-type")) else {
                return (nil, Self.refusalLifetime, "its type is not application/json")
            }
            let asked = CacheControl.lifetime(response.header("cache-control")) ?? Self.shortestLifetime
            return (response.body, min(max(asked, Self.shortestLifetime), Self.longestLifetime), "")
        } catch {
            return (nil, Self.refusalLifetime, "\(error)")
        }
    }

    private static func isJSON(_ contentType: String?) -> Bool {
        let type = contentType?.prefix { $0 != ";" }.lowercased().filter { $0 != " " } ?? ""
        return type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
    }
}

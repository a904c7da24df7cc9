import GatewayCore
import JSON

/// Gets an issuer's keys from where its record says, and from nowhere else.
struct KeyLoader: Sendable {
    /// Keys, and for how many seconds their issuer says they may be kept.
    struct Loaded: Sendable {
        let keys: KeySet
        let lifetime: Int64?
    }

    let record: IssuerRecord
    let fetch: any HTTPFetch
    let limits: AuthenticationLimits

    /// The keys, or nil when they cannot be had at the moment.
    func load() async -> Loaded? {
        switch record.keys {
        case .inline(let text):
            return await keys(text).map { Loaded(keys: $0, lifetime: limits.maximumKeyLifetime) }
        case .jwks(let url):
            return await load(from: url)
        case .discovery(let url):
            guard let response = await get(url), let keysURL = keysURL(in: response.body) else { return nil }
            return await load(from: keysURL)
        }
    }

    private func load(from url: String) async -> Loaded? {
        guard let response = await get(url), let keys = await keys(response.body) else { return nil }
        return Loaded(keys: keys, lifetime: Self.lifetime(response.header("cache-control")))
    }

    private func keys(_ text: [UInt8]) async -> KeySet? {
        await KeySet(text, algorithms: record.algorithms, limits: limits)
    }

    private func get(_ url: String) async -> FetchResponse? {
        let request = FetchRequest(
            url: url,
            headers: [HTTPField("Accept", "application/json")],
            maximumBytes: limits.keySetBytes,
            deadline: .after(.seconds(limits.fetchTimeout))
        )
        guard let response = try? await fetch.fetch(request), response.status == 200, !response.isTruncated else {
            return nil
        }
        return response
    }

    /// The `jwks_uri` of metadata that are this issuer's own.
    ///
    /// The status alone proves nothing: pages come with 200 too.
    private func keysURL(in metadata: [UInt8]) -> String? {
        let bounds = JSONLimits(depth: TokenPrecheck.depth, bytes: limits.keySetBytes)
        guard let document = try? JSONDocument(parsing: metadata, limits: bounds),
            let issuer = document.root["issuer"]?.string, record.issuers.containsExactly(issuer)
        else { return nil }
        return document.root["jwks_uri"]?.string
    }

    /// The `max-age` of a `Cache-Control` (RFC 9111 section 5.2.2.1), 0 when nothing may be kept.
    static func lifetime(_ cacheControl: String?) -> Int64? {
        guard let cacheControl else { return nil }
        let directives = cacheControl.lowercased().split(separator: ",").map { directive in
            directive.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
        }
        if directives.contains("no-store") || directives.contains("no-cache") { return 0 }
        return directives.first { $0.hasPrefix("max-age=") }.flatMap { Int64($0.dropFirst(8)) }
    }
}

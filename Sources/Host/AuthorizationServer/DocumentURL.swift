/// The rule for client ids that are URLs of a metadata document (draft-ietf-oauth-client-id-metadata-document).
package enum DocumentURL {
    /// Whether a client id asks to be looked up as a document.
    package static func isURL(_ id: String) -> Bool {
        id.hasPrefix("https://") || id.hasPrefix("http://")
    }

    /// The host that answers for the document; nil when the URL is not one the gateway fetches.
    ///
    /// On a gateway for one machine, `http` on loopback will do as well.
    package static func host(of id: String, allowsLoopback: Bool) -> String? {
        guard let uri = WebURI(id), let host = uri.host, !host.isEmpty, !uri.hasUserInformation, !uri.hasFragment,
            uri.query == nil, !uri.hasDotSegment, uri.path.count > 1
        else { return nil }
        if uri.scheme == "http", allowsLoopback, uri.isLoopback { return host }
        guard uri.scheme == "https", uri.port == nil, !isAddress(host) else { return nil }
        return host
    }

    /// Whether a host is an address and no name; also in the spellings that only resolvers take for one.
    private static func isAddress(_ host: String) -> Bool {
        guard let last = host.split(separator: ".").last else { return true }
        return host.hasPrefix("[") || last.utf8.allSatisfy { (0x30...0x39).contains($0) } || last.hasPrefix("0x")
            || !host.contains(".")
    }
}

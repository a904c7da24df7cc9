/// The rules for where a browser may be sent back to (RFC 9700 section 4.1, RFC 8252 section 7).
package enum RedirectURI {
    /// Whether a client may have such a redirect URI at all.
    ///
    /// `https`; `http` on this machine's own loopback; a private-use URI only when the site lists it letter by letter.
    package static func isAcceptable(_ text: String, privateUse: [String]) -> Bool {
        if privateUse.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return true }
        guard let uri = WebURI(text), let host = uri.host, !host.isEmpty, !uri.hasUserInformation, !uri.hasFragment,
            !uri.hasDotSegment
        else { return false }
        return uri.scheme == "https" || (uri.scheme == "http" && uri.isLoopback)
    }

    /// Whether a request may use a redirect URI that its client has registered.
    ///
    /// The same bytes, but for the port of an `http` URI on loopback: native applications listen where there is room
    /// (RFC 8252 section 7.3). Clients rely on the same for `localhost`.
    package static func matches(_ requested: String, registered: String) -> Bool {
        if requested.utf8.elementsEqual(registered.utf8) { return true }
        guard let asked = WebURI(requested), let known = WebURI(registered) else { return false }
        return asked.scheme == "http" && known.scheme == "http" && asked.isLoopback && asked.host == known.host
            && asked.path.utf8.elementsEqual(known.path.utf8) && asked.query == known.query
            && !asked.hasFragment && !known.hasFragment && !asked.hasUserInformation && !known.hasUserInformation
    }

    /// The host for people to read before they agree; for a private-use URI its scheme.
    package static func host(of text: String) -> String {
        guard let uri = WebURI(text) else { return text }
        return uri.host ?? uri.scheme
    }

    /// Whether only a program on the person's own machine can receive what is sent there.
    package static func isLoopback(_ text: String) -> Bool {
        WebURI(text).map { $0.scheme == "http" && $0.isLoopback } ?? false
    }

    /// Whether whoever receives it is proven by TLS, so that an earlier consent may be remembered.
    package static func isProven(_ text: String) -> Bool {
        WebURI(text)?.scheme == "https"
    }

    /// Adds parameters to the query of a redirect URI.
    package static func adding(_ parameters: [(name: String, value: String)], to text: String) -> String {
        text + (text.contains("?") ? "&" : "?") + FormParameters.encode(parameters)
    }
}

import AuthorizationServer
import Testing

@Suite("Redirect URIs")
struct RedirectURITests {
    private static let privateUse = ["cursor://anysphere.cursor-mcp/oauth/callback"]

    @Test(arguments: [
        "https://client.example/back", "https://client.example", "https://client.example:8443/a?b=c",
        "http://127.0.0.1/cb", "http://127.0.0.1:5000/cb", "http://[::1]:5000/cb", "http://localhost:3000/",
        "cursor://anysphere.cursor-mcp/oauth/callback",
    ])
    func `that a client may have`(_ uri: String) {
        #expect(RedirectURI.isAcceptable(uri, privateUse: Self.privateUse))
    }

    @Test(arguments: [
        "", "/back", "client.example/back", "http://client.example/back", "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/", "http://127.0.0.2/", "http://0.0.0.0/", "http://user@127.0.0.1/",
        "https://user:pw@client.example/", "https://client.example/#frag", "https://client.example/a/../b",
        "https://client.example/%2e%2e/b", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "cursor://anysphere.cursor-mcp/oauth/callback2", "cursor:x", "myapp://cb", "https:///path", "https://",
        "https://client.example/a b", "https://client.example\\@evil.example/", "https://client.example/\"><script>",
        "HTTPS://client.example/", "https://client.example:99999/", "https://client.example:/", "https://é.example/",
        "ftp://client.example/", "https://client.example/\u{0}",
    ])
    func `that no client may have`(_ uri: String) {
        #expect(!RedirectURI.isAcceptable(uri, privateUse: Self.privateUse))
    }

    @Test(arguments: [
        ("https://a.example/x", "https://a.example/x", true),
        ("http://127.0.0.1:4711/cb", "http://127.0.0.1/cb", true),
        ("http://127.0.0.1/cb", "http://127.0.0.1:80/cb", true),
        ("http://localhost:1/cb?a=b", "http://localhost:2/cb?a=b", true),
        ("http://[::1]:1/cb", "http://[::1]/cb", true),
        ("https://a.example/x/", "https://a.example/x", false),
        ("https://a.example/X", "https://a.example/x", false),
        ("https://a.example:443/x", "https://a.example/x", false),
        ("https://a.example/x?y", "https://a.example/x", false),
        ("https://a.example.evil/x", "https://a.example/x", false),
        ("https://127.0.0.1:1/cb", "https://127.0.0.1:2/cb", false),
        ("http://localhost:1/cb", "http://127.0.0.1:1/cb", false),
        ("http://127.0.0.1:1/other", "http://127.0.0.1/cb", false),
        ("http://127.0.0.1:1/cb?a", "http://127.0.0.1/cb", false),
        ("http://127.0.0.1:1/cb#f", "http://127.0.0.1/cb", false),
        ("http://x@127.0.0.1:1/cb", "http://127.0.0.1/cb", false),
        ("http://127.0.0.1:1@evil.example/cb", "http://127.0.0.1/cb", false),
        ("https://a.example/caf\u{E9}", "https://a.example/cafe\u{301}", false),
    ])
    func `match letter by letter, but for the port on loopback`(_ asked: String, _ known: String, _ isSame: Bool) {
        #expect(RedirectURI.matches(asked, registered: known) == isSame)
    }

    @Test(arguments: [
        ("https://a.example/x?y=1", "a.example"), ("http://127.0.0.1:5/x", "127.0.0.1"),
        ("cursor://anysphere.cursor-mcp/oauth/callback", "anysphere.cursor-mcp"), ("com.example:/cb", "com.example"),
    ])
    func `are shown by their host`(_ uri: String, _ host: String) {
        #expect(RedirectURI.host(of: uri) == host)
    }

    @Test func `keep their own query`() {
        let added = [(name: "code", value: "a&b")]
        #expect(RedirectURI.adding(added, to: "https://a.example/x") == "https://a.example/x?code=a%26b")
        #expect(RedirectURI.adding(added, to: "https://a.example/x?y=1") == "https://a.example/x?y=1&code=a%26b")
    }

    @Test(arguments: [
        ("https://claude.ai/oauth/mcp-oauth-client-metadata", "claude.ai"), ("https://a.example/x", "a.example"),
        ("https://a.example/", nil), ("https://a.example", nil), ("https://a.example/x?y", nil),
        ("https://a.example/x#y", nil), ("https://u@a.example/x", nil), ("https://a.example:443/x", nil),
        ("https://a.example/../x", nil), ("https://a.example/%2E/x", nil), ("http://a.example/x", nil),
        ("https://127.0.0.1/x", nil), ("https://[::1]/x", nil), ("https://2130706433/x", nil),
        ("https://0x7f.1/x", nil), ("https://localhost/x", nil), ("http://127.0.0.1:8080/x", nil),
        ("https://intranet/x", nil),
    ])
    func `documents of clients lie at names with TLS`(_ url: String, _ host: String?) {
        #expect(DocumentURL.host(of: url, allowsLoopback: false) == host)
    }

    @Test func `documents may lie on loopback for a gateway of one machine`() {
        #expect(DocumentURL.host(of: "http://127.0.0.1:8080/x", allowsLoopback: true) == "127.0.0.1")
        #expect(DocumentURL.host(of: "http://192.168.0.1:8080/x", allowsLoopback: true) == nil)
        #expect(DocumentURL.host(of: "https://127.0.0.1/x", allowsLoopback: true) == nil)
    }
}

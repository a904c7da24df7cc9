import Diagnosis
import Testing

@Suite("Lines for the web server in front")
struct ProxyLineTests {
    private func lines(prefix: String = "", isAuthorizationServer: Bool = true) -> ProxyLines {
        ProxyLines(
            backend: "http://127.0.0.1:8080",
            prefix: prefix,
            views: ["/mcp", "/mcp/epic", "/swf-monitor/mcp"],
            isAuthorizationServer: isAuthorizationServer,
            bodyBytes: 1_048_576,
            keepAlive: 15
        )
    }

    @Test func `every path is passed on once, and what lies below another with it`() {
        let apache = lines().apache.split(separator: "\n").map(String.init)
        let passed = apache.filter { $0.hasPrefix("ProxyPass ") }.map { $0.split(separator: " ")[1] }
        #expect(
            passed == [
                "/.well-known/oauth-protected-resource", "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration", "/account", "/approve", "/authorize", "/device",
                "/device_authorization", "/jwks.json", "/login", "/mcp", "/register", "/revoke", "/swf-monitor/mcp",
                "/token",
            ]
        )
        #expect(apache.contains("ProxyPassMatch ^/$ http://127.0.0.1:8080"))
        #expect(apache.contains("ProxyPass /mcp http://127.0.0.1:8080/mcp flushpackets=on timeout=300 nocanon"))
    }

    @Test func `below a path the path is passed on, and the documents at the root`() {
        let nginx = lines(prefix: "/lab").nginx
        let places = nginx.split(separator: "\n").filter { $0.hasPrefix("location ") }
        #expect(
            places == [
                "location /.well-known/oauth-protected-resource {",
                "location /.well-known/oauth-authorization-server {",
                "location /.well-known/openid-configuration {", "location /lab {",
            ]
        )
    }

    @Test func `a gateway that gives no tokens has neither pages nor endpoints for them`() {
        let apache = lines(isAuthorizationServer: false).apache
        #expect(!apache.contains("/token") && !apache.contains("oauth-authorization-server") && !apache.contains("^/$"))
        #expect(apache.contains("ProxyPass /.well-known/oauth-protected-resource "))
    }

    @Test(arguments: [(15 as Int64, 300), (75, 300), (76, 304), (600, 2400)])
    func `a stream is given up only when several signs of life did not come`(_ keepAlive: Int64, _ seconds: Int) {
        let lines = ProxyLines(
            backend: "http://[::1]:1",
            prefix: "",
            views: ["/mcp"],
            isAuthorizationServer: false,
            bodyBytes: 1,
            keepAlive: keepAlive
        )
        #expect(lines.nginx.contains("proxy_read_timeout \(seconds)s;"))
        #expect(lines.apache.contains("timeout=\(seconds) "))
    }
}

import GatewayCore
import OutboundHTTP
import Testing

@Suite("PreparedRequest")
struct PreparedRequestTests {
    private let policy: EgressPolicy

    init() throws {
        policy = EgressPolicy(rules: [
            try EgressRule(url: "https://api.example.org/v1?x"),
            try EgressRule(url: "http://localhost:8080", allowsPrivateAddresses: true),
            try EgressRule(url: "http://twice.example.org", allowsPrivateAddresses: true),
            try EgressRule(url: "http://twice.example.org"),
        ])
    }

    private func request(
        _ url: String,
        method: String = "GET",
        headers: [HTTPField] = [],
        body: [UInt8]? = nil
    ) -> FetchRequest {
        FetchRequest(
            method: method,
            url: url,
            headers: headers,
            body: body,
            maximumBytes: 1,
            deadline: .after(.seconds(1))
        )
    }

    private func isRefused(_ request: FetchRequest) -> Bool {
        do {
            _ = try PreparedRequest(request, policy: policy)
            return false
        } catch {
            if case .refused = error { return true }
            return false
        }
    }

    @Test(arguments: [
        ("https://api.example.org/other", true),
        ("https://API.example.org:443/", true),
        ("http://localhost:8080/a", false),
        ("http://twice.example.org/", false),
    ])
    func `takes allowed origins and knows which must be public`(url: String, requiresPublic: Bool) throws {
        let prepared = try PreparedRequest(request(url), policy: policy)
        #expect(prepared.requiresPublicAddress == requiresPublic)
    }

    @Test(arguments: [
        "http://api.example.org/", "https://api.example.org:444/", "https://example.org/", "https://a.api.example.org/",
        "https://api.example.org.evil.org/", "https://api.example.org@evil.org/", "http://localhost/", "nonsense",
    ])
    func `refuses every other URL`(url: String) {
        #expect(isRefused(request(url)))
    }

    @Test(arguments: ["get", "CONNECT", "TRACE", "", "GET /x", "POST\r\n"])
    func `refuses other methods`(method: String) {
        #expect(isRefused(request("https://api.example.org/", method: method)))
    }

    @Test(arguments: ["GET", "HEAD"])
    func `refuses a body where none belongs`(method: String) {
        #expect(isRefused(request("https://api.example.org/", method: method, body: [])))
    }

    @Test(arguments: [
        HTTPField("", "x"), HTTPField("A B", "x"), HTTPField("A:", "x"), HTTPField("Ä", "x"),
        HTTPField("A", "x\r\nB: y"), HTTPField("A", "x\u{0}"), HTTPField("A", "\u{7F}"), HTTPField("A\n", "x"),
        HTTPField("Host", "evil.org"), HTTPField("content-length", "1"), HTTPField("Transfer-Encoding", "chunked"),
        HTTPField("Connection", "close"), HTTPField("Accept-Encoding", "gzip"), HTTPField("Expect", "100-continue"),
    ])
    func `refuses header fields that would break or reframe the message`(field: HTTPField) {
        #expect(isRefused(request("https://api.example.org/", headers: [field])))
    }

    @Test func `writes header lines as libcurl takes them`() throws {
        let headers = [HTTPField("A", "b\tc"), HTTPField("Blank", " ")]
        let prepared = try PreparedRequest(request("https://api.example.org/", headers: headers), policy: policy)
        #expect(prepared.headerLines == ["Expect:", "Content-Type:", "A: b\tc", "Blank;"])
    }
}

import GatewayCore
import HTTPSource
import Testing

@Suite("HTTPSource")
struct HTTPSourceTests {
    private let fetch = RecordedFetch()

    private func request(
        _ path: String = "/",
        method: String = "GET",
        query: [HTTPField] = [],
        headers: [HTTPField] = [],
        body: [UInt8]? = nil,
        maximumBytes: Int = 100,
        deadline: Deadline = .after(.seconds(60))
    ) -> SourceRequest {
        SourceRequest(
            method: method,
            path: path,
            query: query,
            headers: headers,
            body: body,
            maximumBytes: maximumBytes,
            deadline: deadline
        )
    }

    private func isInvalid(_ source: HTTPSource, _ request: SourceRequest) async -> Bool {
        do {
            _ = try await source.request(request)
            return false
        } catch {
            if case .invalid = error { return true }
            return false
        }
    }

    @Test func `is of the kind http and answers no SQL`() async throws {
        let source = try HTTPSource(name: "panda", baseURL: "https://a.org", fetch: fetch)
        #expect(source.kind == .http)
        await #expect(throws: SourceError.unsupported) {
            try await source.query(SQLQuery(statement: "", maximumRows: 1, maximumBytes: 1, deadline: .after(.zero)))
        }
    }

    @Test func `names the caller's trace, unless the operator's fields do`() async throws {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
        let trace = try #require(TraceContext(traceParent: text))
        let traced = SourceRequest(path: "/", maximumBytes: 1, deadline: .after(.seconds(60)), trace: trace)
        let own = HTTPField("Traceparent", "own")
        _ = try await HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch).request(traced)
        _ = try await HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, headers: [own]).request(traced)
        #expect(fetch.requests.map(\.headers) == [[HTTPField("traceparent", text)], [own]])
    }

    @Test(arguments: [
        ("https://a.org", "/", "https://a.org/"),
        ("https://a.org/", "/x", "https://a.org/x"),
        ("https://a.org/api/v1/", "/x/y/", "https://a.org/api/v1/x/y/"),
        ("HTTP://[::1]:80/api", "/", "HTTP://[::1]:80/api/"),
        ("https://a.org", "/a b/ü\"", "https://a.org/a%20b/%C3%BC%22"),
        ("https://a.org", "/a%20b/100%25/x=1;y,z:@", "https://a.org/a%20b/100%25/x=1;y,z:@"),
        ("https://a.org", "/.../..a/a../.a", "https://a.org/.../..a/a../.a"),
    ])
    func `joins paths to the base URL`(base: String, path: String, url: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: base, fetch: fetch)
        _ = try await source.request(request(path))
        #expect(fetch.requests.map(\.url) == [url])
    }

    @Test(arguments: [
        "", "x", "http://evil.org/", "@evil.org/", "//evil.org/", "/a//b", "/..", "/../a", "/a/..", "/a/../../b", "/.",
        "/a/./b", "/%2e%2e/a", "/.%2E/a", "/%2E", "/%252e%252e/a", "/%25252e%25252e", "/..;x/a", "/..%3bx/a", "/a%2f..",
        "/a%2Fb", "/a%252fb", "/a\\b", "/a%5cb", "/a%255Cb", "/a?b", "/a#b", "/a\r\nb", "/a%0d%0ab", "/a\u{0}", "/%00",
        "/a\u{7F}", "/%", "/%1", "/%zz", "/a%2",
    ])
    func `refuses paths that could leave the base URL`(path: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org/api", fetch: fetch)
        #expect(await isInvalid(source, request(path)))
        #expect(fetch.requests.isEmpty)
    }

    @Test func `encodes the query`() async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        let query = [HTTPField("a b", "1+1=2&x"), HTTPField("a b", "ü/?#%~"), HTTPField("e", "")]
        _ = try await source.request(request("/q", query: query))
        #expect(fetch.requests.map(\.url) == ["https://a.org/q?a%20b=1%2B1%3D2%26x&a%20b=%C3%BC%2F%3F%23%25~&e="])
    }

    @Test(arguments: [
        "", "a.org", "ftp://a.org", "https://", "https:///x", "https://u@a.org", "https://u:p@a.org/",
        "https://a.org?x",
        "https://a.org/?x", "https://a.org/#x", "https://a.org/../x", "https://a.org/a//b", "https://a.org/a b",
        "https://a b.org", "https://a.org\\@b.org/", "https://a.org/\r\n",
    ])
    func `refuses base URLs that do not fit`(base: String) {
        #expect(throws: HTTPSourceError.baseURL) { try HTTPSource(name: "s", baseURL: base, fetch: fetch) }
    }

    @Test(arguments: ["PUT", "DELETE", "get", "CONNECT", ""])
    func `takes only the configured methods`(method: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        #expect(await isInvalid(source, request(method: method)))
    }

    @Test func `takes other methods when configured`() async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, methods: ["PUT"])
        _ = try await source.request(request(method: "PUT", body: [1]))
        #expect(fetch.requests.first?.method == "PUT")
        #expect(fetch.requests.first?.body == [1])
        #expect(await isInvalid(source, request(method: "GET")))
    }

    @Test(arguments: ["GET", "HEAD"])
    func `takes no body where none belongs`(method: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        #expect(await isInvalid(source, request(method: method, body: [])))
    }

    @Test(arguments: [
        "Authorization", "Cookie", "Host", "Connection", "Origin", "X-Forwarded-For", "Transfer-Encoding", "X-Anything",
        "",
    ])
    func `takes no other header field from a plugin`(name: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        #expect(await isInvalid(source, request(headers: [HTTPField(name, "x")])))
    }

    @Test(arguments: [("Accept", "text/plain"), ("Content-Type", "text/plain"), ("Range", "bytes=-500")])
    func `takes the header fields that say what is asked for`(name: String, value: String) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        _ = try await source.request(request(headers: [HTTPField(name, value)]))
        #expect(fetch.requests.first?.headers == [HTTPField(name, value)])
    }

    @Test func `takes no line break in a header field`() async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        #expect(await isInvalid(source, request(headers: [HTTPField("Accept", "a\r\nHost: b")])))
    }

    @Test func `takes header fields the configuration adds`() async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, forwardedHeaders: ["Origin"])
        _ = try await source.request(request(headers: [HTTPField("origin", "VO")]))
        #expect(fetch.requests.first?.headers == [HTTPField("origin", "VO")])
        #expect(await isInvalid(source, request(headers: [HTTPField("Accept", "x")])))
    }

    @Test(arguments: ["authorization", "Cookie", "HOST", "te", "X-Forwarded-Host"])
    func `can never be configured to take credentials or routing`(name: String) {
        #expect(throws: HTTPSourceError.forwardedHeaders) {
            try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, forwardedHeaders: [name])
        }
    }

    @Test func `the operator's header fields win`() async throws {
        let source = try HTTPSource(
            name: "s",
            baseURL: "https://a.org",
            fetch: fetch,
            headers: [HTTPField("ACCEPT", "text/csv"), HTTPField("Authorization", "Bearer t")]
        )
        _ = try await source.request(request(headers: [HTTPField("accept", "a/b"), HTTPField("content-type", "c/d")]))
        #expect(
            fetch.requests.first?.headers == [
                HTTPField("content-type", "c/d"), HTTPField("ACCEPT", "text/csv"),
                HTTPField("Authorization", "Bearer t"),
            ]
        )
    }

    @Test(arguments: [(99, 99), (100, 100), (101, 100), (-1, 0)])
    func `asks for no more than the source allows`(wanted: Int, asked: Int) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, maximumBytes: 100)
        _ = try await source.request(request(maximumBytes: wanted))
        #expect(fetch.requests.first?.maximumBytes == asked)
        #expect(fetch.requests.first?.truncates == true)
    }

    @Test func `waits no longer than the source allows`() async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch, timeout: .seconds(20))
        let early = Deadline.after(.seconds(1))
        let late = Deadline.after(.seconds(1000))
        _ = try await source.request(request(deadline: early))
        _ = try await source.request(request(deadline: late))
        #expect(fetch.requests.first?.deadline == early)
        #expect(try #require(fetch.requests.last).deadline < late)
    }

    @Test func `limits what a plugin sends`() async throws {
        let source = try HTTPSource(
            name: "s",
            baseURL: "https://a.org",
            fetch: fetch,
            maximumRequestBytes: 2,
            maximumTargetBytes: 4
        )
        _ = try await source.request(request("/abc", method: "POST", query: [HTTPField("a", "b")], body: [1, 2]))
        #expect(fetch.requests.count == 1)
        #expect(await isInvalid(source, request("/abcd")))
        #expect(await isInvalid(source, request(query: [HTTPField("a", "bc")])))
        #expect(await isInvalid(source, request(method: "POST", body: [1, 2, 3])))
    }

    @Test(arguments: [200, 302, 404, 500])
    func `every status is an answer, with few header fields`(status: Int) async throws {
        let long = String(repeating: "x", count: HeaderRules.maximumReturnedBytes)
        let fetch = RecordedFetch(
            .success(
                FetchResponse(
                    status: status,
                    headers: [
                        HTTPField("Content-Type", "a/b"), HTTPField("content-type", "c/d"),
                        HTTPField("Set-Cookie", "x"),
                        HTTPField("Location", "http://inside/"), HTTPField("ETag", long),
                        HTTPField("Last-Modified", long + "x"), HTTPField("Retry-After", "3"),
                        HTTPField("Content-Length", "1"), HTTPField("X-Total-Count", "7"),
                    ],
                    body: [65],
                    isTruncated: true
                )
            )
        )
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: fetch)
        let answer = try await source.request(request())
        #expect(answer.status == status)
        #expect(answer.body == [65])
        #expect(answer.isTruncated)
        #expect(
            answer.headers == [
                HTTPField("content-type", "a/b"), HTTPField("etag", long), HTTPField("retry-after", "3"),
                HTTPField("x-total-count", "7"),
            ]
        )
    }

    @Test(
        arguments: [
            (.refused("r"), .unavailable(detail: "s: refused by the egress policy: r")),
            (.unreachable("u"), .unavailable(detail: "s: u")),
            (.timeout, .timeout), (.tooLarge, .tooLarge), (.cancelled, .cancelled),
        ] as [(FetchError, SourceError)]
    )
    func `says why no answer came`(cause: FetchError, error: SourceError) async throws {
        let source = try HTTPSource(name: "s", baseURL: "https://a.org", fetch: RecordedFetch(.failure(cause)))
        await #expect(throws: error) { try await source.request(request()) }
    }
}

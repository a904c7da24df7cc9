import OutboundHTTP
import Testing

@Suite("RequestURL")
struct RequestURLTests {
    @Test(arguments: [
        ("http://example.org", "http://example.org:80/"),
        ("https://example.org", "https://example.org:443/"),
        ("HTTPS://EXAMPLE.org:8443/A/b?c=%2F", "https://example.org:8443/A/b?c=%2F"),
        ("http://example.org?q=1", "http://example.org:80/?q=1"),
        ("http://a_b.example-1.org/x//y/", "http://a_b.example-1.org:80/x//y/"),
        ("http://127.0.0.1:65535/", "http://127.0.0.1:65535/"),
        ("http://[::1]:1/", "http://[::1]:1/"),
        ("http://[2001:0DB8:0::1]/", "http://[2001:db8::1]:80/"),
        ("http://localhost/?a=../b&c=/@:;", "http://localhost:80/?a=../b&c=/@:;"),
        ("http://localhost/a.b/..c/...", "http://localhost:80/a.b/..c/..."),
    ])
    func `writes one spelling`(text: String, canonical: String) throws {
        #expect(try RequestURL(text).text == canonical)
    }

    @Test(
        arguments: [
            ("", .scheme), ("example.org", .scheme), ("//example.org/", .scheme), ("ftp://example.org/", .scheme),
            ("file:///etc/passwd", .scheme), ("http:/example.org", .scheme), ("http:example.org", .scheme),
            (" http://example.org", .scheme), ("unix://x", .scheme),
            ("http://user@example.org/", .userInformation), ("http://user:secret@example.org/", .userInformation),
            ("http://allowed.org:80@evil.org/", .userInformation), ("http://@example.org/", .userInformation),
            ("http://", .host), ("http:///path", .host), ("http://:80/", .host), ("http://a..b/", .host),
            ("http://a.b./", .host), ("http://-a.b/", .host), ("http://a-.b/", .host), ("http://127.1/", .host),
            ("http://2130706433/", .host), ("http://0x7f000001/", .host), ("http://0x7f.1/", .host),
            ("http://127.0.0.01/", .host), ("http://1.2.3.4.5/", .host), ("http://[127.0.0.1]/", .host),
            ("http://[::1/", .host), ("http://[::1]x/", .host), ("http://::1/", .host),
            ("http://[fe80::1%25eth0]/", .host),
            ("http://a%2eb/", .host), ("http://a,b/", .host),
            ("http://\(String(repeating: "a", count: 64)).org/", .host),
            ("http://a:/", .port), ("http://a:0/", .port), ("http://a:65536/", .port), ("http://a:080/", .port),
            ("http://a:+80/", .port), ("http://a:8o/", .port), ("http://a:80:80/", .port),
            ("http://a\\@b/", .character), ("http://a/b\\c", .character), ("http://a/b c", .character),
            ("http://a/\r\nHost: b", .character), ("http://a/\u{0}", .character), ("http://a/\u{7F}", .character),
            ("http://a/ü", .character), ("http://ü/", .character), ("http://a/<b>", .character),
            ("http://a/[b]", .character),
            ("http://a/%", .percentEncoding), ("http://a/%1", .percentEncoding), ("http://a/%1g", .percentEncoding),
            ("http://a/..", .dotSegment), ("http://a/b/../c", .dotSegment), ("http://a/./b", .dotSegment),
            ("http://a/%2e%2E/b", .dotSegment), ("http://a/.%2e", .dotSegment),
            ("http://a/#b", .fragment), ("http://a#b", .fragment),
        ] as [(String, RequestURLError)]
    )
    func `refuses everything with two readings`(text: String, reason: RequestURLError) {
        #expect(throws: reason) { try RequestURL(text) }
    }

    @Test func `reads URLs up to the limit`() throws {
        let start = "http://a/"
        let longest = start + String(repeating: "b", count: RequestURL.maximumLength - start.utf8.count)
        #expect(try RequestURL(longest).target.utf8.count == RequestURL.maximumLength - 8)
        #expect(throws: RequestURLError.tooLong) { try RequestURL(longest + "b") }
    }
}

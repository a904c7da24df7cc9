import GatewayConfiguration
import Testing

@Suite("Sources of files, and methods of HTTP sources, in the configuration")
struct FileSettingsTests {
    @Test func `a file of each user has a folder, which is made whole, and a limit`() throws {
        let text = "sources:\n  f: {kind: file, directory: homes, path: '{user}/a.toml'}"
        guard case .file(let settings) = try Files().parse(text).sources[0].kind else {
            Issue.record("no source of files")
            return
        }
        #expect(settings.directory == "/etc/beamline/homes" && settings.path == "{user}/a.toml")
        #expect(settings.maximumBytes == 64 << 10)
    }

    @Test(arguments: [
        ("directory: a, path: ../b", "path"), ("directory: a, path: /b", "path"),
        ("directory: a, path: 'a/{name}'", "path"),
        ("directory: a, path: '{user}{user}'", "path"), ("directory: a, path: b, maximum_bytes: 0", "maximum_bytes"),
        ("directory: a", "path"), ("path: a", "directory"), ("directory: a, path: b, users: c", "users"),
    ])
    func `a fault is named`(keys: String, key: String) throws {
        let faults = Files().faults("sources:\n  f: {kind: file, \(keys)}")
        #expect(faults.count == 1)
        #expect(try #require(faults.first).contains(key), "\(faults)")
    }

    @Test func `an HTTP source takes what it always took, or what the site says`() throws {
        func methods(_ keys: String) throws -> [String] {
            let text = "sources:\n  h: {kind: http, base_url: 'https://a.example.org'\(keys)}"
            guard case .http(let settings) = try Files().parse(text).sources[0].kind else { return [] }
            return settings.methods
        }
        #expect(try methods("") == ["GET", "HEAD", "POST"])
        #expect(try methods(", methods: [PATCH, GET]") == ["PATCH", "GET"])
        let text = "sources:\n  h: {kind: http, base_url: 'https://a.example.org', methods: [TRACE]}"
        #expect(Files().faults(text).count == 1)
    }
}

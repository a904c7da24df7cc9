import GatewayConfiguration
import Testing

@Suite("Message brokers in the configuration")
struct StompSourceTests {
    private static func settings(_ lines: String = "") throws -> StompSettings {
        let text = "sources:\n  broker: {kind: stomp, host: b.example.org\(lines)}"
        guard case .stomp(let settings) = try Files().parse(text).sources[0].kind else {
            throw ConfigurationFaults([])
        }
        return settings
    }

    @Test func `a broker has defaults, and nothing may be sent to it`() throws {
        let settings = try Self.settings()
        #expect(settings.host == "b.example.org" && settings.port == 61_613)
        #expect(!settings.isEncrypted && settings.authoritiesFile == nil && settings.virtualHost == nil)
        #expect(settings.user == nil && settings.password == nil)
        #expect(settings.destinations == [])
        #expect(settings.replyPrefix == "/queue/beamline.reply.")
        #expect(settings.heartBeat == .seconds(10) && settings.connectTimeout == .seconds(5))
        #expect(settings.maximumBytes == 1 << 20 && settings.bufferedBytes == 4 << 20)
    }

    @Test func `a broker's secrets and paths are resolved`() throws {
        let settings = try Self.settings(
            ", tls: true, ca: ca.pem, user: u, password: {file: secrets/b}, destinations: [/queue/a, /queue/b.*], heart_beat: 0s"
        )
        #expect(settings.isEncrypted && settings.authoritiesFile == "/etc/beamline/ca.pem")
        #expect(settings.user == "u" && settings.password == .file("/etc/beamline/secrets/b"))
        #expect(settings.destinations == ["/queue/a", "/queue/b.*"])
        #expect(settings.heartBeat == .zero)
    }

    @Test(arguments: [
        ("password: written", "password: must be a reference: {file: PATH} or {env: NAME}"),
        ("password: {file: a}", "password: needs `user`"),
        ("user: u", "user: needs `password`"),
        ("ca: ca.pem", "ca: needs `tls: true`"),
        (
            "destinations: [/queue/a, '/queue/*/b']",
            "destinations: `/queue/*/b` is no destination: at most 255 visible characters, and a `*` at its end only"
        ),
        ("destination: [/queue/a]", "destination: is not a known key; did you mean `destinations`?"),
        (
            "reply_prefix: 'a b'",
            "reply_prefix: must be the beginning of a destination, such as `/queue/beamline.reply.`"
        ),
        ("port: 0", "port: must be a whole number from 1 to 65535"),
        ("heart_beat: 11m", "heart_beat: must be a time such as 30s, 500ms, 10m or 24h, from 0s to 10m"),
        (
            "maximum_bytes: 65537, buffered_bytes: 65536",
            "buffered_bytes: is less than `maximum_bytes`, so that the longest message would never be taken"
        ),
    ])
    func `a broker's fault is named`(line: String, fault: String) {
        let text = "sources:\n  broker: {kind: stomp, host: h, \(line)}"
        #expect(Files().faults(text) == ["beamline.yaml: line 2: sources.broker.\(fault)"])
    }

    @Test func `a prefix leaves room for what makes a name unlike every other`() throws {
        let longest = String(repeating: "x", count: 191)
        #expect(try Self.settings(", reply_prefix: \(longest)").replyPrefix == longest)
        #expect(throws: ConfigurationFaults.self) { try Self.settings(", reply_prefix: \(longest)x") }
    }
}

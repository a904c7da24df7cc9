import AdminServer
import HTTPServer
import Testing

@Suite("Where the admin listener may listen")
struct AdminBindingTests {
    @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LocalHost"])
    func `loopback is taken`(host: String) throws {
        let binding = try AdminBinding(host: host, port: 0)
        #expect(binding.listenerConfiguration.host == host)
        #expect(binding.listenerConfiguration.port == 0)
    }

    @Test(arguments: [
        "0.0.0.0", "::", "192.0.2.1", "128.0.0.1", "127.0.0.1.example.org", "127.0.0", "127.0.0.256", "example.org", "",
    ])
    func `any other address must be said to be meant`(host: String) throws {
        #expect(throws: AdminBindingError.notLoopback(host: host)) { try AdminBinding(host: host) }
        #expect(try AdminBinding(host: host, allowsRemote: true).host == host)
    }

    @Test func `the refusal says what to do`() {
        let text = AdminBindingError.notLoopback(host: "0.0.0.0").description
        #expect(text.contains("0.0.0.0"))
        #expect(text.contains("127.0.0.1"))
    }
}

import OutboundHTTP
import Testing

@Suite("Requests to where strangers point")
struct StrangerPolicyTests {
    @Test(arguments: [
        ("https://client.example/metadata.json", true), ("https://client.example:443/x", true),
        ("http://client.example/x", false), ("https://client.example:8443/x", false), ("https://192.0.2.1/x", false),
        ("https://[2001:db8::1]/x", false), ("https://127.0.0.1/x", false), ("http://127.0.0.1:8080/x", false),
        ("http://localhost/x", false),
    ])
    func `only named hosts with TLS at its own port are asked`(_ url: String, _ isAllowed: Bool) throws {
        let origin = try RequestURL(url).origin
        let policy = EgressPolicy.strangers(allowsLoopback: false)
        #expect(policy.allows(origin) == isAllowed)
        #expect(policy.requiresPublicAddresses(origin))
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/x", true), ("http://localhost:1/x", true), ("http://[::1]:1/x", true),
        ("http://192.168.0.1/x", false), ("http://client.example/x", false), ("https://127.0.0.1/x", false),
    ])
    func `a gateway for one machine may ask that machine`(_ url: String, _ isAllowed: Bool) throws {
        let origin = try RequestURL(url).origin
        let policy = EgressPolicy.strangers(allowsLoopback: true)
        #expect(policy.allows(origin) == isAllowed)
        #expect(policy.requiresPublicAddresses(origin) == !isAllowed)
    }
}

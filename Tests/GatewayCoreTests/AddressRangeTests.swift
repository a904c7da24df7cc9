import GatewayCore
import Testing

@Suite("Ranges of addresses")
struct AddressRangeTests {
    @Test(arguments: [
        ("10.1.0.0/16", "10.1.0.0", true), ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false),
        ("10.1.0.0/16", "10.0.255.255", false), ("10.1.2.3", "10.1.2.3", true), ("10.1.2.3", "10.1.2.4", false),
        ("10.1.2.2/31", "10.1.2.3", true), ("10.1.2.2/31", "10.1.2.4", false),
        ("128.0.0.0/1", "127.255.255.255", false),
        ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
        ("10.1.0.0/16", "::ffff:10.1.2.3", true), ("10.1.0.0/16", "::10.1.2.3", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
        ("2001:db8::/33", "2001:db8:8000::", false), ("::1", "::1", true), ("::1", "127.0.0.1", false),
        ("2001:db8::/32", "10.1.2.3", false),
    ])
    func `hold what begins alike`(range: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(range))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(arguments: [
        "", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/", "/16", "10.1.0.0/16/16", "10.1.0.0/016", "10.1.0.1/16",
        "10.1/16", "10.1.0.0-10.1.0.9", "gw.example.org", "2001:db8::1/32", "2001:db8::/129", "::ffff:10.0.0.0/104",
        "10.1.0.0 /16", "*",
    ])
    func `are written in one way`(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.0.0.0/8", true), ("126.0.0.0/7", true), ("127.9.0.0/16", true), ("0.0.0.0/0", true),
        ("128.0.0.0/8", false), ("10.0.0.0/8", false), ("::1", true), ("::/64", true), ("::2", false),
        ("2001:db8::/32", false),
    ])
    func `say whether this machine is in them`(text: String, touches: Bool) throws {
        #expect(try #require(AddressRange(text)).touchesLoopback == touches)
    }
}

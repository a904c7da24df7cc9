import GatewayCore
import OutboundHTTP
import Testing

@Suite("AddressCheck")
struct AddressCheckTests {
    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.88.98.255",
        "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255",
        "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255", "188.184.9.234",
        "2001:200::1", "2001:db7:ffff::", "2001:db9::", "2001:1458:201:e5::100:2b", "2003::1",
        "2a00:1450:4001:80b::2003",
        "2606:4700:4700::1111", "3ffe::1", "3fff:1000::",
    ])
    func `takes public addresses`(text: String) throws {
        #expect(AddressCheck.isPublic(try #require(IPAddress(text))))
    }

    @Test(arguments: [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
        "127.255.255.255", "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1",
        "192.88.99.1", "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:1ff::1", "2001:db8::1", "2002:7f00:1::",
        "2002:808:808::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1",
        "ff02::1", "ffff::",
    ])
    func `refuses addresses that are not public`(text: String) throws {
        #expect(!AddressCheck.isPublic(try #require(IPAddress(text))))
    }

    @Test(arguments: [
        "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.01", "1.2.3.256", "[::1]", "fe80::1%eth0", ":::", "", "a",
    ])
    func `reads no loose spelling of an address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `takes addresses of four and sixteen bytes only`() {
        #expect(IPAddress(networkOrder: [127, 0, 0, 1]) == .v4(0x7F00_0001))
        #expect(IPAddress(networkOrder: ArraySlice([UInt8](repeating: 0, count: 15) + [1])) == .v6(1))
        #expect(IPAddress(networkOrder: []) == nil)
        #expect(IPAddress(networkOrder: [1, 2, 3, 4, 5]) == nil)
    }

    @Test func `writes addresses in their short form`() throws {
        #expect(IPAddress("2001:0db8:0:0:0:0:0:0001")?.description == "2001:db8::1")
        #expect(IPAddress("192.0.2.1")?.description == "192.0.2.1")
    }
}

import GatewayConfiguration
import Testing

@Suite("Networks that need no token")
struct TrustedNetworkTests {
    private func faults(_ network: String, publicURL: String = "https://gw.example.org") -> [String] {
        Files().faults(
            """
            server: {publicURL: "\(publicURL)"}
            plugins: {epic: {library: a.so}}
            identity:
              service_accounts:
                bots: {owner: o, roles: [epic.user], scopes: ["epic:read"], expires: 2027-01-01}
              trusted_networks:
                old: \(network)
            """
        )
    }

    @Test func `there are none unless they are written`() throws {
        #expect(try Files().parse("").identity.trustedNetworks.isEmpty)
    }

    @Test(arguments: [
        "{addresses: 10.1.0.0/16, account: bots, expires: 2027-01-01}",
        "{addresses: [10.1.0.0/16, \"2001:db8::/32\", 10.2.3.4], account: bots, expires: 2027-01-01}",
        "{socket: run/gw.sock, account: bots, expires: 2027-01-01}",
    ])
    func `an account that only they use needs no key`(network: String) {
        #expect(faults(network) == [])
    }

    @Test(arguments: [
        ("{account: bots, expires: 2027-01-01}", ": give `addresses`, or `socket`: one of the two"),
        (
            "{addresses: 10.1.0.0/16, socket: x, account: bots, expires: 2027-01-01}",
            ": give `addresses`, or `socket`: one of the two"
        ),
        (
            "{addresses: 10.1.0.1/16, account: bots, expires: 2027-01-01}",
            ".addresses: `10.1.0.1/16` is no range such as 10.1.0.0/16, or has bits beyond its prefix"
        ),
        (
            "{addresses: 0.0.0.0/0, account: bots, expires: 2027-01-01}",
            ".addresses: `0.0.0.0/0` is every address, so nobody would need a token"
        ),
        (
            "{addresses: 127.0.0.1, account: bots, expires: 2027-01-01}",
            ".addresses: `127.0.0.1` is this machine, from which a proxy passes on everybody's requests"
        ),
        (
            "{addresses: 10.1.0.0/16, account: bot, expires: 2027-01-01}",
            ".account: `bot` is no name under `service_accounts`; did you mean `bots`?"
        ),
        ("{addresses: 10.1.0.0/16, account: bots, expires: soon}", ".expires: must be a day such as 2027-06-30"),
        ("{addresses: 10.1.0.0/16, account: bots}", ": `expires` is missing"),
    ])
    func `what cannot be is refused with its place`(network: String, fault: String) {
        let lines = faults(network).filter { !$0.contains("service_accounts.bots") }
        #expect(lines == ["beamline.yaml: line 7: identity.trusted_networks.old\(fault)"])
    }

    @Test(arguments: [(103, true), (104, false)])
    func `the path of a socket has a limit`(length: Int, fits: Bool) {
        let path = "/" + String(repeating: "a", count: length - 1)
        let lines = faults("{socket: \(path), account: bots, expires: 2027-01-01}")
        #expect(lines.isEmpty == fits, "\(lines)")
    }

    @Test func `on one machine, loopback is a network like others`() {
        let network = "{addresses: 127.0.0.1, account: bots, expires: 2027-01-01}"
        #expect(faults(network, publicURL: "http://127.0.0.1:8080") == [])
    }
}

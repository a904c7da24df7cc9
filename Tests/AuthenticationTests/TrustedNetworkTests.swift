import Authentication
import GatewayCore
import Testing

@Suite("Networks that need no token")
struct TrustedNetworkTests {
    private static let account = Principal(
        issuer: "https://gw.example",
        subject: "bots",
        roles: ["epic.user"],
        scopes: ["epic:read"],
        client: "bots",
        consentedTools: ["epic_stop"]
    )

    private func networks(at now: Int64) throws -> TrustedNetworks {
        TrustedNetworks(
            [
                TrustedNetworks.Network(
                    name: "old",
                    addresses: try ["10.1.0.0/16", "2001:db8::/32"].map { try #require(AddressRange($0)) },
                    socket: nil,
                    expiresAt: 1000,
                    account: Self.account
                ),
                TrustedNetworks.Network(
                    name: "pipe",
                    addresses: [],
                    socket: "/run/gw.sock",
                    expiresAt: 2000,
                    account: Self.account
                ),
            ],
            clock: MovableClock(now)
        )
    }

    @Test(arguments: [
        (PeerPlace.address("10.1.2.3"), "old" as String?), (.address("::ffff:10.1.2.3"), "old"),
        (.address("2001:db8::7"), "old"), (.address("10.2.0.0"), nil), (.address("127.0.0.1"), nil),
        (.address(""), nil), (.address("10.1.2.3, 192.0.2.1"), nil), (.address("/run/gw.sock"), nil),
        (.socket("/run/gw.sock"), "pipe"), (.socket("/run/other.sock"), nil), (.socket("10.1.2.3"), nil),
    ])
    func `are told by the connection alone`(place: PeerPlace, name: String?) throws {
        let known = try networks(at: 500).caller(from: place)
        #expect(known?.principal.network == name)
        guard let known else { return }
        #expect(known.principal.subject == "bots" && known.principal.roles == ["epic.user"])
        #expect(known.principal.isProgram && known.principal.consentedTools.isEmpty)
    }

    @Test(arguments: [(999 as Int64, true, true), (1000, false, true), (1999, false, true), (2000, false, false)])
    func `end with their day`(now: Int64, isOld: Bool, isPipe: Bool) throws {
        let networks = try networks(at: now)
        #expect((networks.caller(from: .address("10.1.2.3")) != nil) == isOld)
        #expect((networks.caller(from: .socket("/run/gw.sock")) != nil) == isPipe)
        #expect(networks.caller(from: .address("10.1.2.3")).map(\.expiresAt) ?? 1000 == 1000)
    }
}

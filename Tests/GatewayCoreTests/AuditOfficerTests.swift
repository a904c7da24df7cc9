import GatewayCore
import Testing

@Suite("Officers of experiments")
struct AuditOfficerTests {
    private let officers = AuditOfficers(["epic.officer", "epic.lead", "atlas.officer", ".x", "y.", "plain", ""])
    private let all = View(path: "/mcp", namespaces: nil, isPrefixed: true)
    private let epic = View(path: "/mcp/epic", namespaces: ["epic"], isPrefixed: false)

    private func caller(_ roles: Set<String>) -> Principal { Principal(issuer: "i", subject: "s", roles: roles) }

    @Test(
        arguments: [
            ([], []), (["epic.user"], []), (["rubin.officer"], []), (["epic.officer"], ["epic"]),
            (["epic.lead"], ["epic"]),
            (["epic.officer", "atlas.officer"], ["atlas", "epic"]), (["epic.officer.x", "officer", "y.", ".x"], []),
        ] as [(Set<String>, Set<String>)]
    )
    func `a role reads of its own namespace alone`(_ roles: Set<String>, _ namespaces: Set<String>) {
        #expect(officers.namespaces(readBy: caller(roles), in: all) == namespaces)
        #expect(officers.namespaces(readBy: caller(roles), in: epic) == namespaces.intersection(["epic"]))
    }

    @Test func `a view knows the officers of what it shows`() {
        #expect(officers.roles(in: epic) == ["epic.officer", "epic.lead"])
        #expect(officers.roles(in: all) == ["epic.officer", "epic.lead", "atlas.officer"])
        #expect(AuditOfficers(["plain", "y."]).isEmpty)
    }
}

import Foundation
import JSON
import Sealing
import TestSupport
import Testing

@Suite("Networks that need no token")
struct TrustedNetworkTests {
    private static let day = (Date() + 200 * 86_400).formatted(.iso8601.year().month().day())

    /// A site on loopback that trusts something, with an account for it that has no key of its own.
    private func site(_ networks: String) async throws -> ConsentSite {
        try await ConsentSite.start(
            identity: """
                  trusted_networks:
                \(networks.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
                """
        )
    }

    private func ask(
        _ site: ConsentSite,
        _ fields: [String] = [],
        query: String = "",
        over connection: WireConnection? = nil
    ) async throws -> WireAnswer {
        let request = site.site.gateway.message("tools/list", token: nil, path: "/mcp" + query)
        let all = WireRequest(request.method, request.path, request.fields + fields, body: request.body)
        let port = site.site.gateway.port
        return try await (connection ?? WireConnection(port: port)).exchange(all.bytes(port: port))
    }

    private func names(_ answer: WireAnswer) -> [String] {
        (answer.json?["result"]?["tools"]?.array?.compactMap { $0["name"]?.string } ?? [])
            .filter { !$0.hasPrefix("beamline_") }
    }

    @Test func `their callers read as their account, and what they send of themselves changes nothing`() async throws {
        let site = try await site("old: {addresses: [127.0.0.0/30, \"::1\"], account: reader, expires: \(Self.day)}")
        let gateway = site.site.gateway
        _ = try await Polling.wait(for: "the log") {
            gateway.log.contains("a network needs no token to read") ? true : nil
        }
        let listed = try await ask(site)
        #expect(listed.status == 200)
        #expect(!names(listed).isEmpty && names(listed).allSatisfy { $0.hasPrefix("watch_") })
        let read = try await gateway.exchange(gateway.callMessage("watch_act", ["what": "look"], token: nil))
        #expect(read.json?["result"]?["isError"] == false, "\(read)")

        // What writes, destroys or asks is refused, though the roles of the account allow it.
        for (tool, arguments) in [
            ("watch_burn", ["notes": []]), ("watch_tear", ["note": "x"]),
        ] as [(String, JSONValue)] {
            let refused = try await gateway.exchange(gateway.callMessage(tool, arguments, token: nil))
            let code = refused.json?["result"]?["structuredContent"]?["error"]?["code"]
            #expect(code == "forbidden", "\(refused)")
        }

        // A token wins, good or bad; so does any other attempt at one.
        let key = LoginSite.key(for: "keeper")
        let torn = try await gateway.exchange(gateway.callMessage("watch_tear", ["note": "x"], token: key))
        #expect(torn.json?["result"]?["isError"] == false, "\(torn)")
        #expect(try await ask(site, ["Authorization: Bearer a.b.c"]).status == 401)
        #expect(try await ask(site, ["Authorization: Basic YTpi"]).status == 401)
        #expect(try await ask(site, query: "?access_token=x").status == 401)
        for field in ["X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"] {
            #expect(try await ask(site, [field]).status == 200)
        }
        // Pages of other sites have no part in it.
        #expect(try await ask(site, ["Origin: https://elsewhere.example"]).status == 403)

        let audit = try await Polling.wait(for: "the trail") { () -> String? in
            let run = try await ProgramRun.beamline(
                "audit",
                "search",
                "--config",
                gateway.configuration,
                "--item",
                "act"
            )
            return run.output.contains(#""network":"old""#) ? run.output : nil
        }
        #expect(audit.contains(#""subject":"reader""#))
        try await gateway.stop()
    }

    @Test(arguments: [
        ("{addresses: [127.0.0.2/32], account: reader, expires: DAY}", "another address"),
        ("{addresses: [127.0.0.0/8], account: reader, expires: 2020-01-01}", "its day is over"),
        ("{addresses: [127.0.0.0/8], account: retired, expires: DAY}", "the account's day is over"),
    ])
    func `others need a token as ever`(network: String, reason: Comment) async throws {
        let site = try await site("old: " + network.replacing("DAY", with: Self.day))
        let answer = try await ask(site)
        #expect(answer.status == 401 && answer.field("WWW-Authenticate") != nil, reason)
        #expect(try await ask(site, ["X-Forwarded-For: 127.0.0.2", "X-Real-IP: 127.0.0.2"]).status == 401, reason)
        try await site.site.gateway.stop()
    }

    @Test func `a socket of the gateway is a place of its own, and goes with it`() async throws {
        let socket = try RunFolder.current.subfolder("s") + "/gw.sock"
        let site = try await site("pipe: {socket: \(socket), account: reader, expires: \(Self.day)}")
        let attributes = try FileManager.default.attributesOfItem(atPath: socket)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
        #expect(try await ask(site, over: WireConnection(socket: socket)).status == 200)
        #expect(try await ask(site).status == 401, "over TCP it is not that place")
        let key = "Authorization: Bearer " + LoginSite.key(for: "helper")
        #expect(try await ask(site, [key], over: WireConnection(socket: socket)).status == 200)
        try await site.site.gateway.stop()
        #expect(!FileManager.default.fileExists(atPath: socket))
    }

    @Test func `what is taken out of the configuration needs a token at once`() async throws {
        let site = try await site("old: {addresses: [127.0.0.1], account: reader, expires: \(Self.day)}")
        let gateway = site.site.gateway
        #expect(try await ask(site).status == 200)
        let text = try String(contentsOfFile: gateway.configuration, encoding: .utf8)
        let without = text.replacing("addresses: [127.0.0.1]", with: "addresses: [127.0.0.9]")
        try without.write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
        kill(gateway.pid, SIGHUP)
        _ = try await Polling.wait(for: "the end of trust") { try await ask(site).status == 401 ? true : nil }
        try await gateway.stop()
    }
}

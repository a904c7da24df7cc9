import Foundation
import JSON
import TestSupport
import Testing

@Suite("People agree to calls")
struct CallConsentTests {
    @Test(arguments: ["in-process", "worker"])
    func `a call is made once, after its caller agreed on the page`(isolation: String) async throws {
        let site = try await ConsentSite.start(isolation: isolation)
        var (browser, token) = try await site.person()
        let arguments: JSONValue = ["note": "<script>alert(1)</script>\u{202E}\"'&", "reason": "x"]
        let path = try ConsentSite.path(try await site.call("tear", arguments, token: token))
        #expect(path.wholeMatch(of: /\/approve\/[A-Za-z0-9_-]{22}/) != nil)
        let again = try ConsentSite.path(try await site.call("tear", arguments, token: token))
        #expect(again == path, "the page that is open stays good")

        let page = try await browser.get(path)
        #expect(page.status == 200)
        for text in [
            "<strong>watch</strong>", "<strong>tear</strong>", "Allow watch_tear to start, change or end something?",
            "<strong>ada</strong>", "<strong>Test client</strong> (nobody has checked this name)",
            "&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}\\&quot;&#39;&amp;",
        ] { #expect(page.text.contains(text), "\(text) is not in \(page.text)") }
        #expect(!page.text.contains("<script") && !page.text.contains("\u{202E}"))
        #expect(page.field("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(page.field("Cache-Control") == "no-store")

        let allowed = try await ConsentSite.press("approve", on: path, &browser)
        #expect(allowed.status == 200 && allowed.text.contains("The call is allowed"))
        let other = try await site.call("tear", ["note": "another", "reason": "x"], token: token)
        #expect(other?["error"]?["code"] == "approval_required")
        // Of two at the same time one is made; the other is asked about anew.
        let reordered: JSONValue = ["reason": "x", "note": arguments["note"] ?? .null]
        async let first = site.call("tear", reordered, token: token)
        async let second = site.call("tear", arguments, token: token)
        let results = try await [first, second]
        #expect(results.filter { $0?["torn"] == 1 }.count == 1, "\(results)")
        #expect(results.filter { $0?["error"]?["code"] == "approval_required" }.count == 1)
        #expect(try await browser.get(path).text.contains("The call is allowed") == false)

        let audit = try await Polling.wait(for: "the trail") { () -> String? in
            let run = try await ProgramRun.run(
                BuiltPrograms.path(of: BuiltPrograms.gateway),
                ["audit", "search", "--config", site.site.gateway.configuration, "--namespace", "watch"]
            )
            return run.output.contains("call_approved") && run.output.contains(#""outcome":"ok""#) ? run.output : nil
        }
        let lines = audit.split(separator: "\n").compactMap { try? JSONValue(parsing: String($0)) }
        let approval = try #require(lines.first { $0["event"] == "call_approved" })
        #expect(approval["subject"] == "good-user" && approval["item"] == "tear")
        #expect(lines.contains { $0["event"] == "call" && $0["arguments_sha256"] == approval["arguments_sha256"] })
        try await site.site.gateway.stop()
    }

    @Test func `a refused call is forbidden`() async throws {
        let site = try await ConsentSite.shared()
        var (browser, token) = try await site.person()
        let arguments: JSONValue = ["note": "refused"]
        let path = try ConsentSite.path(try await site.call("tear", arguments, token: token))
        let refused = try await ConsentSite.press("refuse", on: path, &browser)
        #expect(refused.text.contains("The call is refused"))
        for _ in 0..<2 {
            let answer = try await site.call("tear", arguments, token: token)
            #expect(answer?["error"]?["code"] == "forbidden" && answer?["error"]?["approval_url"] == nil)
        }
    }

    @Test func `nobody else can answer, and no form of elsewhere`() async throws {
        let site = try await ConsentSite.shared()
        var (browser, token) = try await site.person()
        let arguments: JSONValue = ["note": "of another"]
        let path = try ConsentSite.path(try await site.call("tear", arguments, token: token))
        var (stranger, _) = try await site.person(at: .another)
        let shown = try await stranger.get(path)
        #expect(shown.status == 403 && !shown.text.contains("of another"))
        let form = try #require(ConsentSite.proof(in: try await stranger.get("/device")))
        #expect(try await stranger.post(path, ["proof": form, "decision": "approve"]).status == 403)

        let page = try await browser.get(path)
        let proof = try #require(ConsentSite.proof(in: page))
        #expect(try await browser.post(path, ["decision": "approve"]).status == 400)
        #expect(try await browser.post(path, ["proof": form, "decision": "approve"]).status == 400)
        let foreign = ["Origin: https://elsewhere.example"]
        #expect(try await browser.post(path, ["proof": proof, "decision": "approve"], foreign).status == 403)
        #expect(try await browser.post(path, ["proof": proof, "decision": "yes"]).status == 400)
        #expect(try await browser.get(path + "?decision=approve").text.contains("Allow this call?"))
        #expect(try await site.call("tear", arguments, token: token)?["error"]?["code"] == "approval_required")
    }

    @Test func `who is not logged in is led to a login and back`() async throws {
        let site = try await ConsentSite.shared()
        let (_, token) = try await site.person()
        let path = try ConsentSite.path(try await site.call("tear", ["note": "later"], token: token))
        var browser = Browser(site.site)
        let chooser = try await browser.get(path)
        let callback = try await browser.visitProvider(try await browser.choose(.good, on: chooser))
        let back = try await browser.get(Browser.target(callback))
        #expect(back.status == 303 && back.field("Location") == site.site.issuer + path)
        let allowed = try await ConsentSite.press("approve", on: path, &browser)
        #expect(allowed.text.contains("The call is allowed"))
        #expect(try await site.call("tear", ["note": "later"], token: token)?["torn"]?.integer != nil)
    }

    @Test func `a plugin's own words are asked about one by one`() async throws {
        let site = try await ConsentSite.shared()
        var (browser, token) = try await site.person()
        let arguments: JSONValue = ["notes": ["first", "second"]]
        for (note, decision) in [("first", "approve"), ("second", "refuse")] {
            let path = try ConsentSite.path(try await site.call("burn", arguments, token: token))
            let page = try await browser.get(path)
            #expect(page.text.contains("Allow this: burn \(note)? It cannot be read again."), "\(page.text)")
            _ = try await ConsentSite.press(decision, on: path, &browser)
        }
        let answer = try await site.call("burn", arguments, token: token)
        #expect(answer == ["burnt": ["first"], "kept": ["second"]])
    }

    @Test func `a service account calls what the site agreed to, and needs no person for that`() async throws {
        let site = try await ConsentSite.shared()
        let keeper = LoginSite.key(for: "keeper")
        #expect(try await site.call("tear", ["note": "by a bot"], token: keeper)?["torn"]?.integer != nil)
        for (key, tool, arguments) in [
            (keeper, "burn", ["notes": ["x"]]), (LoginSite.key(for: "helper"), "tear", ["note": "x"]),
        ] as [(String, String, JSONValue)] {
            let answer = try await site.call(tool, arguments, token: key)
            #expect(answer?["error"]?["code"] == "approval_required" && answer?["error"]?["approval_url"] == nil)
        }
    }

    @Test func `so many calls of one person wait, and what is too old gives way`() async throws {
        let site = try await ConsentSite.start(limits: "questions_per_principal: 1, question_lifetime: 1s")
        let (_, token) = try await site.person()
        _ = try ConsentSite.path(try await site.call("tear", ["note": "1"], token: token))
        let full = try await site.call("tear", ["note": "2"], token: token)
        // The first may be too old by now.
        #expect(["rate_limited", "approval_required"].contains(full?["error"]?["code"]?.string))
        _ = try await Polling.wait(for: "room") { () -> Bool? in
            try await site.call("tear", ["note": "3"], token: token)?["error"]?["approval_url"] == nil ? nil : true
        }
        try await site.site.gateway.stop()
    }
}

@Suite(
    "People agree to calls through official clients",
    .enabled(if: PythonClient.folder != nil, "Set BEAMLINE_MCP_CLIENTS to what scripts/mcp-clients installed.")
)
struct ClientConsentTests {
    private func ask(
        _ client: PythonClient,
        mode: String,
        _ note: String,
        _ further: [(String, JSONValue)]
    ) async throws -> JSONValue {
        let site = try await ConsentSite.shared()
        let (_, token) = try await site.person()
        let members: [(String, JSONValue)] = [
            ("url", .string(site.site.gateway.url)), ("token", .string(token)), ("mode", .string(mode)),
            ("version", client == .stateless ? 2 : 1), ("tool", "watch_tear"),
            ("arguments", ["note": .string("\(note) \(client.rawValue) \(mode)")]),
        ]
        return try await client.run(shared: "consent", .object(JSONObject(members + further)))
    }

    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")])
    func `a client that can ask its user does, and goes by the answer`(
        _ client: PythonClient,
        mode: String
    ) async throws {
        let accepted = try await ask(client, mode: mode, "asked", [("elicit", "accept")])
        #expect(accepted["results"]?.array?.first?["isError"] == false, "\(accepted)")
        let question = accepted["questions"]?.array?.first?.string ?? ""
        #expect(question.contains("Allow watch_tear") && question.contains("asked \(client.rawValue)"))
        let declined = try await ask(client, mode: mode, "declined", [("elicit", "decline")])
        #expect(declined["results"]?.array?.first?["isError"] == true)
        #expect(declined["questions"]?.array?.count == 1)
    }

    @Test(arguments: [(PythonClient.stateless, "auto"), (.stateless, "legacy"), (.session, "auto")])
    func `the user of a client that cannot ask agrees on the page, and the call is made once`(
        _ client: PythonClient,
        mode: String
    ) async throws {
        let answer = try await ask(client, mode: mode, "on the page", [("decision", "approve")])
        #expect(answer["page"]?.string?.contains("The call is allowed") == true, "\(answer)")
        let results = answer["results"]?.array ?? []
        let codes = results.map { $0["structuredContent"]?["error"]?["code"]?.string ?? "made" }
        #expect(codes == ["approval_required", "made", "approval_required"], "\(answer)")
        #expect(results.first?["content"]?.array?.first?["text"]?.string?.contains("/approve/") == true)
    }

    @Test(arguments: PythonClient.allCases)
    func `what the user refuses on the page is not made`(_ client: PythonClient) async throws {
        let answer = try await ask(client, mode: "auto", "refused", [("decision", "refuse")])
        let codes = answer["results"]?.array?.map { $0["structuredContent"]?["error"]?["code"]?.string ?? "made" }
        #expect(codes == ["approval_required", "forbidden", "forbidden"], "\(answer)")
    }
}

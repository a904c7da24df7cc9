import Foundation
import JSON
import Sealing
import TestSupport

/// A login site whose plugin of notes tears and burns what people agree to.
struct ConsentSite: Sendable {
    let site: LoginSite

    /// The one that all tests share which do not fill its limits.
    static func shared() async throws -> ConsentSite { try await Shared.site.value() }

    /// Starts a site.
    static func start(
        isolation: String = "auto",
        limits: String = "",
        identity: String = ""
    ) async throws -> ConsentSite {
        let day = (Date() + 200 * 86_400).formatted(.iso8601.year().month().day())
        func account(_ id: String, _ consented: String) -> String {
            let digest = Digest.sha256Text(Array(LoginSite.key(for: id).utf8))
            return """
                \(id): {owner: Ops, roles: [watch.user], scopes: ["watch:read"], expires: \(day), \
                key_sha256: \(digest), consented_tools: \(consented)}
                """
        }
        // For networks that need no token: only with them may an account be without a key.
        let key = !identity.contains("account: reader") ? ", key_sha256: \(Digest.sha256Text([1]))" : ""
        let reader = "reader: {owner: Ops, roles: [watch.user], scopes: [\"watch:read\"], expires: \(day)\(key)}"
        let site = try await LoginSite.start(
            further: """
                \(identity)
                roles:
                - {issuer: good, group: epic-members, role: watch.user}
                - {issuer: another, group: epic-members, role: watch.user}
                """,
            accounts: [account("keeper", "[watch_tear]"), account("helper", "[]"), reader].joined(separator: "\n    ")
        ) { settings in
            settings.libraries = ["epic": "libePIC.so", "rubin": "libRubin.so", "atlas": "libATLAS.so"]
            settings.libraries["watch"] = "libWatch.so"
            settings.isolation["watch"] = isolation
            if !limits.isEmpty { settings.furtherLines = "limits: {\(limits)}" }
        }
        return ConsentSite(site: site)
    }

    private actor Shared {
        static let site = Shared()
        private var task: Task<ConsentSite, any Error>?

        func value() async throws -> ConsentSite {
            if let task { return try await task.value }
            let task = Task { try await ConsentSite.start() }
            self.task = task
            return try await task.value
        }
    }

    /// Somebody with a browser in which they are logged in, and a token of a client of theirs.
    func person(at behaviour: FakeProvider.Behaviour = .good) async throws -> (browser: Browser, token: String) {
        var browser = Browser(site)
        let client = try await TestClient(site)
        let token = try await client.token(of: &browser, at: behaviour, scope: "watch:read")
        return (browser, token)
    }

    /// The structured content of a call by a client that cannot ask its user.
    func call(_ tool: String, _ arguments: JSONValue, token: String) async throws -> JSONValue? {
        try await site.gateway.call("watch_\(tool)", arguments, token: token)["structuredContent"]
    }

    /// The path of the page that an answer names.
    static func path(_ answer: JSONValue?) throws -> String {
        guard answer?["error"]?["code"] == "approval_required", let url = answer?["error"]?["approval_url"]?.string
        else {
            throw SetupFailure("there is no page: \(String(describing: answer))")
        }
        return Browser.target(url)
    }

    /// Opens a page and presses a button on it.
    static func press(_ decision: String, on path: String, _ browser: inout Browser) async throws -> WireAnswer {
        let page = try await browser.get(path)
        guard page.status == 200, let proof = proof(in: page) else { throw SetupFailure("there is no form: \(page)") }
        return try await browser.post(path, ["proof": proof, "decision": decision])
    }

    static func proof(in page: WireAnswer) -> String? {
        page.text.firstMatch(of: /name="proof" value="([^"]*)"/).map { String($0.output.1) }
    }
}

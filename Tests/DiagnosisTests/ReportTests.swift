import Diagnosis
import JSON
import Testing

@Suite("What was found, all together")
struct ReportTests {
    private static let proxy = ProxyLines(
        backend: "http://127.0.0.1:8080",
        prefix: "",
        views: ["/mcp"],
        isAuthorizationServer: false,
        bodyBytes: 1,
        keepAlive: 15
    )

    private func report(_ states: Finding.State...) -> DiagnosisReport {
        DiagnosisReport(states.map { Finding("thing", $0, "it is so", remedy: "Mend it.") }, proxy: Self.proxy)
    }

    @Test(
        arguments: [
            ([], .inOrder), ([.ok, .warning], .inOrder), ([.ok, .unreachable], .unreachable),
            ([.unreachable, .broken], .notInOrder), ([.broken], .notInOrder),
        ] as [([Finding.State], DiagnosisReport.Outcome)]
    )
    func `warnings are in order, and what is broken counts more than what cannot be asked`(
        _ states: [Finding.State],
        _ outcome: DiagnosisReport.Outcome
    ) {
        let findings = states.map { Finding("thing", $0, "it is so") }
        #expect(DiagnosisReport(findings, proxy: Self.proxy).outcome == outcome)
    }

    @Test func `people read a line for each, and programs the same`() {
        #expect(
            report(.ok, .broken).lines == [
                "ok           thing: it is so", "             → Mend it.", "broken       thing: it is so",
                "             → Mend it.", "Not in order: 1; warnings: 0.",
            ]
        )
        let json = report(.warning).json
        #expect(json["ok"] == true)
        #expect(json["findings"]?.array?.first?["state"] == "warning")
        #expect(json["proxy"]?["nginx"]?.string?.contains("proxy_pass http://127.0.0.1:8080;") == true)
    }
}

@Suite("What clients get at the public URL")
struct PublicDocumentTests {
    private let check = PublicDocumentCheck.resource(
        "public URL",
        at: "https://gw.example/.well-known/oauth-protected-resource/mcp",
        resource: "https://gw.example/mcp"
    )

    @Test(
        arguments: [
            (200, #"{"resource": "https://gw.example/mcp"}"#, .ok),
            (200, #"{"resource": "https://gw.example/mcp/"}"#, .broken),
            (200, "<html>", .broken), (404, "", .broken), (301, "", .broken),
        ] as [(Int, String, Finding.State)]
    )
    func `the document is the gateway's own or something is wrong`(
        _ status: Int,
        _ body: String,
        _ state: Finding.State
    ) {
        let finding = check.finding(status: status, body: Array(body.utf8))
        #expect(finding.state == state && (finding.remedy == nil) == (state == .ok))
    }

    @Test(
        arguments: [
            (401, #"Bearer resource_metadata="https://gw.example/m""#, .ok), (401, nil, .broken),
            (401, "Basic realm=site", .broken), (403, #"Bearer resource_metadata="https://gw.example/m""#, .broken),
        ] as [(Int, String?, Finding.State)]
    )
    func `a call without a token is challenged`(_ status: Int, _ challenge: String?, _ state: Finding.State) {
        let finding = PublicDocumentCheck.challenge(
            "public URL",
            at: "https://gw.example/mcp",
            status: status,
            challenge: challenge,
            metadata: "https://gw.example/m"
        )
        #expect(finding.state == state)
    }
}

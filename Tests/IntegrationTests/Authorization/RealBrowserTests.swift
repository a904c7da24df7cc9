import Foundation
import JSON
import TestSupport
import Testing

/// The pages as a browser shows them; `BEAMLINE_PICTURES` names a folder for pictures of all of them.
@Suite(
    "The pages in a real browser",
    .enabled(
        if: RealProvider.folder != nil && RealBrowser.isHere,
        "Set BEAMLINE_OIDC_PROVIDERS to what scripts/oidc-providers installed, and install chromium."
    )
)
struct RealBrowserTests {
    @Test func `every page fits a screen and a phone, works without scripts, and asks nobody else for anything`()
        async throws
    {
        let folder = try RunFolder.current.subfolder("browser")
        let (first, second) = (try FreePort.find(), try FreePort.find())
        var settings = SiteSettings()
        settings.libraries["watch"] = "libWatch.so"
        settings.identity = try identity(first, second, folder)
        try await GatewayProcess.with(settings) { gateway in
            let root = "http://127.0.0.1:\(gateway.port)"
            let providers = try [(RealProvider.canaille, first), (.mock, second)].map { provider, port in
                let child = try provider.start(port: port, callback: "\(root)/login/callback/\(provider.rawValue)")
                return (provider, port, child)
            }
            for (provider, port, child) in providers { try await provider.isReady(child, port: port) }
            let result = try await walk(root, folder, gateway)
            try judge(result)
            for (_, _, child) in providers {
                child.signal(SIGTERM)
                _ = try? await child.exitStatus(within: .seconds(120))
            }
        }
    }

    /// Two logins with groups of the same name, and different roles for them.
    private func identity(_ first: Int, _ second: Int, _ folder: String) throws -> String {
        let records = try [(RealProvider.canaille, first), (.mock, second)].map { provider, port in
            try provider.identity(port: port, folder: folder).split(separator: "\n").dropFirst().joined(separator: "\n")
        }
        return """
            issuers:
            \(records.joined(separator: "\n"))
            roles:
            - {issuer: canaille, group: epic-members, role: watch.user}
            - {issuer: mock, group: epic-members, role: atlas.user}
            - {issuer: mock, group: /a/group/with/a/name/that/is/so/long/that/no/phone/shows/it/on/one/line, role: rubin.user}
            """
    }

    private func walk(_ root: String, _ folder: String, _ gateway: GatewayProcess) async throws -> JSONValue {
        let question: JSONValue = [
            "root": .string(root), "password_login": "canaille", "name_login": "mock",
            "password": RealProvider.canaille.fields["password"] ?? "", "folder": .string(folder + "/profile"),
            "pictures": .string(ProcessInfo.processInfo.environment["BEAMLINE_PICTURES"] ?? ""),
        ]
        let script = "\(BuiltPrograms.sourceTree)/Tests/IntegrationTests/Clients/pages.py"
        let run = try await ProgramRun.run(
            "\(RealProvider.folder ?? "")/mock/bin/python",
            [script, String(decoding: question.serialized, as: UTF8.self)],
            within: .seconds(300)
        )
        guard run.exitStatus == 0, let result = try? JSONValue(parsing: run.output) else {
            throw SetupFailure("\(run)\n\(gateway.log.suffix(3000))")
        }
        return result
    }

    private func judge(_ result: JSONValue) throws {
        let looks = try #require(result["looks"]?.array)
        #expect(looks.count >= 40, "\(looks.count) looks at 18 pages")
        for look in looks {
            let name = look["name"]?.string ?? ""
            let width = name.contains("-phone") ? 390 : 1280
            // A page that does not fit makes a phone zoom out, and then its window is wider.
            #expect(look["width"]?.integer == width, "\(look)")
            #expect(look["scrolls"]?.integer.map { $0 <= width } == true, "\(look)")
            #expect(look["beyond"]?.array == [], "\(look)")
        }
        #expect(result["complaints"]?.array == [])
        #expect(result["outside"]?.array == [])
        #expect(result["requests"]?.integer.map { $0 > 20 } == true, "what the browser asks for is heard of")
        #expect(result["roles"]?.array == ["epic.user", "watch.user", "atlas.user", "epic.user"])
    }
}

/// The browser of `scripts/system-packages`.
enum RealBrowser {
    static let isHere = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")
}

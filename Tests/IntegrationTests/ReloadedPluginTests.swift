import Foundation
import JSON
import PluginFixtures
import TestSupport
import Testing

/// A plugin that a reload puts in or replaces finds and gives what it would have with a start.
@Suite("Plugins that a reload puts in or replaces")
struct ReloadedPluginTests {
    /// A gateway with ePIC alone, whose file is written anew with further plugins and sources.
    private struct Site {
        let gateway: GatewayProcess
        let text: String
        let library: String

        static func start() async throws -> Site {
            var settings = SiteSettings()
            settings.libraries = ["epic": "libePIC.so"]
            let (configuration, port) = try await GatewayProcess.write(settings)
            let text = try String(contentsOfFile: configuration, encoding: .utf8)
                .replacingOccurrences(of: "  listing: all\n", with: "  listing: all\n  admin: {port: 0}\n")
            try text.write(toFile: configuration, atomically: true, encoding: .utf8)
            let gateway = try await GatewayProcess.start(configuration: configuration, port: port)
            let library = try RunFolder.current.subfolder("plugin") + "/lab.so"
            try await FileManager.default.copyItem(
                atPath: FixtureLibrary.shared.path(of: "offers_archive"),
                toPath: library
            )
            return Site(gateway: gateway, text: text, library: library)
        }

        /// Writes the file, reloads, and waits for a sentence of the log that was not there before.
        func reload(_ plugins: String, _ sources: String, until sentence: String) async throws {
            let before = gateway.log.split(separator: sentence, omittingEmptySubsequences: false).count
            try text.replacingOccurrences(of: "plugins:\n", with: "plugins:\n\(plugins)\n")
                .replacingOccurrences(of: "sources:\n  epic", with: "sources:\n\(sources)\n  epic")
                .write(toFile: gateway.configuration, atomically: true, encoding: .utf8)
            kill(gateway.pid, SIGHUP)
            _ = try await Polling.wait(for: sentence) {
                gateway.log.split(separator: sentence, omittingEmptySubsequences: false).count > before ? true : nil
            }
        }

        func ask(_ tool: String, _ source: String, _ token: String) async throws -> JSONValue {
            let arguments: JSONValue = ["source": .string(source), "sql": "SELECT 1 AS one"]
            return try await gateway.call(tool, arguments, token: token)["structuredContent"] ?? .null
        }

        /// The checks of `/health/ready` by name.
        func checks() async throws -> [String: String] {
            let port = try await Polling.wait(for: "the port of the admin listener") { () -> Int? in
                let line = gateway.log.split(separator: "\n").first { $0.contains("admin listening") }
                return line?.firstMatch(of: /port=(\d+)/).flatMap { Int($0.1) }
            }
            let request = WireRequest("GET", "/health/ready")
            let answer = try await WireConnection(port: port).exchange(request.bytes(port: port))
            let checks = answer.json?["checks"]?.array ?? []
            return Dictionary(
                checks.map { ($0["name"]?.string ?? "", $0["status"]?.string ?? "") },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    private func lab(_ library: String, _ further: String = "") -> String {
        "  lab: {library: \(library), dynamic_items: allow, sources: {notes: epic-databases\(further)}}"
    }

    @Test func `has its sources at START, is looked after, and answers as a source`() async throws {
        let site = try await Site.start()
        let token = try await site.gateway.token(roles: ["epic.user"])
        #expect(try await site.checks()["plugin lab"] == nil)
        let reader = try await FixtureLibrary.shared.path(of: "offers_archive")
        let far = "  far: {library: \(reader), sources: {notes: epic-databases, of_lab: lab-archive}}"
        let archive = "  lab-archive: {kind: plugin, namespace: lab, source: archive}"
        try await site.reload(lab(site.library) + "\n" + far, archive, until: "configuration reloaded")
        #expect(!site.gateway.log.contains("configuration not reloaded"), "\(site.gateway.log.suffix(2000))")
        let checks = try await site.checks()
        #expect(checks["plugin lab"] == "healthy" && checks["plugin far"] == "healthy", "\(checks)")

        let both = try await site.gateway.token(roles: ["lab.user", "far.user"], subject: "lab")
        for tool in ["lab_ask", "far_ask"] { #expect(try await site.ask(tool, "start", both)["rows"] == [[1]]) }
        #expect(try await site.ask("lab_ask", "notes", both)["rows"] == [[1]])
        #expect(try await site.ask("far_ask", "of_lab", both)["rows"] == [["archive"]])
        #expect(try await site.gateway.toolNames(token: token).contains("epic_panda_list_jobs"))

        // A source that is bound later is there without another start.
        #expect(try await site.ask("lab_ask", "more", both)["rows"] == nil)
        try await site.reload(
            lab(site.library, ", more: epic-databases") + "\n" + far,
            archive,
            until: "configuration reloaded"
        )
        #expect(try await site.ask("lab_ask", "more", both)["rows"] == [[1]])

        // Another edition answers as another source, and no more as the former.
        try FileManager.default.removeItem(atPath: site.library)
        try await FileManager.default.copyItem(
            atPath: FixtureLibrary.shared.path(of: "offers_attic"),
            toPath: site.library
        )
        let attic = "  lab-archive: {kind: plugin, namespace: lab, source: attic}"
        try await site.reload(lab(site.library) + "\n" + far, attic, until: "configuration reloaded")
        #expect(site.gateway.log.contains("plugin replaced"))
        #expect(try await site.ask("far_ask", "of_lab", both)["rows"] == [["attic"]])
        #expect(try await site.ask("lab_ask", "start", both)["rows"] == [[1]])
        try await site.reload(lab(site.library) + "\n" + far, archive, until: "configuration reloaded")
        #expect(try await site.ask("far_ask", "of_lab", both)["rows"] == nil)

        // What is taken out is looked after no more.
        try await site.reload("", "", until: "configuration reloaded")
        #expect(try await site.checks()["plugin lab"] == nil)
        try await site.gateway.stop()
    }

    @Test func `is out of service at once where it was blocked before it came`() async throws {
        let site = try await Site.start()
        let run = try await ProgramRun.beamline(
            "block",
            "--config",
            site.gateway.configuration,
            "--plugin",
            "org.test.sources",
            "--reason",
            "x"
        )
        #expect(run.exitStatus == 0, "\(run)")
        _ = try await Polling.wait(for: "the block") { site.gateway.log.contains("blocked") ? true : nil }
        try await site.reload(lab(site.library), "", until: "configuration reloaded")
        let token = try await site.gateway.token(roles: ["lab.user"], subject: "lab")
        #expect(try await site.ask("lab_ask", "notes", token)["error"]?["code"] == "unavailable")
        try await site.gateway.stop()
    }
}

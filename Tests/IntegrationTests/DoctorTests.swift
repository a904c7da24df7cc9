import Foundation
import JSON
import TestSupport
import Testing

@Suite("beamline doctor")
struct DoctorTests {
    private struct Diagnosis {
        let run: ProgramRun
        let findings: [JSONValue]

        /// The states of what was found about something.
        func states(_ subject: String) -> [String] {
            findings.filter { $0["subject"]?.string == subject }.compactMap { $0["state"]?.string }
        }

        func text(_ subject: String) -> String {
            findings.filter { $0["subject"]?.string == subject }.compactMap { $0["text"]?.string }.joined(
                separator: "\n"
            )
        }
    }

    private func diagnosis(_ configuration: String) async throws -> Diagnosis {
        let run = try await ProgramRun.beamline("doctor", "--config", configuration, "--json")
        let findings = (try? JSONValue(parsing: run.output))?["findings"]?.array ?? []
        for finding in findings where ["broken", "unreachable"].contains(finding["state"]?.string) {
            #expect(finding["remedy"]?.string != nil, "\(finding)")
        }
        return Diagnosis(run: run, findings: findings)
    }

    @Test func `where everything works nothing has to be mended`() async throws {
        let gateway = try await SharedSite.gateway()
        let found = try await diagnosis(gateway.configuration)
        #expect(found.run.exitStatus == 0, "\(found.run)")
        for subject in [
            "configuration", "state", "plugin atlas", "plugin epic", "plugin rubin", "source epic-databases",
            "source atlas-monitor",
        ] {
            #expect(found.states(subject) == ["ok"], "\(subject): \(found.text(subject))")
        }
        #expect(found.states("public URL") == ["ok", "ok", "ok"], "\(found.text("public URL"))")
    }

    @Test func `an issuer is asked for what logins and tokens need`() async throws {
        let site = try await LoginSite.shared()
        let found = try await diagnosis(site.gateway.configuration)
        #expect(found.run.exitStatus == 1)
        #expect(found.states("issuer good") == ["ok"], "\(found.text("issuer good"))")
        #expect(found.text("issuer good").contains("usable keys: 1"))
        #expect(found.states("issuer discovery").contains("broken"))
        #expect(found.text("issuer discovery").contains("“https://other.example”"))
        #expect(!found.run.output.contains(FakeProvider.secret))
    }

    @Test func `secrets that others may read are pointed out`() async throws {
        let folder = try RunFolder.current.subfolder("doctor")
        for (name, mode) in [("open", 0o644), ("closed", 0o600)] {
            try "secret".write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(folder)/\(name)")
        }
        var settings = SiteSettings()
        settings.furtherSources["dead"] = """
            {kind: http, base_url: "http://127.0.0.1:\(try FreePort.find())", \
            headers: {A: {file: \(folder)/open}, B: {file: \(folder)/closed}}}
            """
        let (configuration, _) = try await GatewayProcess.write(settings)
        let found = try await diagnosis(configuration)
        #expect(found.states("secret \(folder)/open") == ["warning"])
        #expect(found.states("secret \(folder)/closed") == [])
    }

    @Test func `what does not answer is said, and nothing is made`() async throws {
        var settings = SiteSettings()
        settings.furtherSources["dead"] = "{kind: http, base_url: \"http://127.0.0.1:\(try FreePort.find())\"}"
        settings.furtherSources["silent"] = "{kind: stomp, host: 127.0.0.1, port: \(try FreePort.find())}"
        let (configuration, _) = try await GatewayProcess.write(settings)
        let found = try await diagnosis(configuration)
        #expect(found.run.exitStatus == 3, "\(found.run)")
        #expect(found.states("source dead") == ["unreachable"])
        #expect(found.states("source silent") == ["unreachable"])
        #expect(found.states("public URL") == ["unreachable"])
        #expect(found.states("state") == ["warning"])
        let folder = (configuration as NSString).deletingLastPathComponent
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["beamline.yaml"])
    }

    @Test func `a plugin that cannot be loaded and a folder that is not there are broken`() async throws {
        var settings = SiteSettings()
        settings.libraries["extra"] = "libNobody.so"
        settings.furtherSources["files"] = "{kind: file, directory: /nonexistent/folder, path: x}"
        let (configuration, _) = try await GatewayProcess.write(settings)
        let found = try await diagnosis(configuration)
        #expect(found.run.exitStatus == 1)
        #expect(found.states("configuration") == ["broken"])
        #expect(found.findings.contains { $0["subject"]?.string?.hasSuffix("libNobody.so") == true })
        #expect(found.states("source files") == ["broken"])
        #expect(found.states("plugin epic") == ["ok"])
    }

    @Test func `people read lines, and those for the web server in front`() async throws {
        var settings = SiteSettings()
        settings.identity = "issuers: {iam: {issuer: https://iam.example, jwks_url: \"http://127.0.0.1:1/keys\"}}"
        settings.publicURL = "http://127.0.0.1:1/lab"
        let (configuration, port) = try await GatewayProcess.write(settings)
        let run = try await ProgramRun.beamline("doctor", "--config", configuration)
        #expect(run.exitStatus == 3, "\(run)")
        #expect(run.output.contains("unreachable  issuer iam: http://127.0.0.1:1/keys cannot be reached"))
        #expect(run.output.contains("\n             → "))
        #expect(run.output.contains("ProxyPass /lab http://127.0.0.1:\(port)/lab flushpackets=on"))
        #expect(run.output.contains("location /.well-known/oauth-protected-resource {"))
        #expect(!run.output.contains("/authorize"), "this gateway gives no tokens")
        let wrong = try await ProgramRun.beamline("doctor", "--config", configuration + ".not")
        #expect(wrong.exitStatus == 1 && !wrong.errorOutput.isEmpty)
    }
}

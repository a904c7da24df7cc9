import Foundation
import JSON
import TestSupport
import Testing

/// A web server that stands in front of a gateway, with the lines of `beamline doctor` and what else it needs to start.
enum WebServer: String, CaseIterable, Sendable {
    case apache, nginx

    private var program: String {
        switch self {
        case .apache: "/usr/sbin/apache2"
        case .nginx: "/usr/sbin/nginx"
        }
    }

    static var installed: [WebServer] {
        allCases.filter { FileManager.default.isExecutableFile(atPath: $0.program) }
    }

    func start(port: Int, lines: String) throws -> ChildProcess {
        let folder = try RunFolder.current.subfolder(rawValue)
        let file = "\(folder)/server.conf"
        try text(port, lines, folder).write(toFile: file, atomically: true, encoding: .utf8)
        switch self {
        case .apache: return try ChildProcess(program, ["-d", folder, "-f", file, "-D", "FOREGROUND"])
        case .nginx: return try ChildProcess(program, ["-p", folder, "-c", file])
        }
    }

    private func text(_ port: Int, _ lines: String, _ folder: String) -> String {
        let isRoot = geteuid() == 0
        switch self {
        case .apache:
            let modules = ["mpm_event", "authz_core", "proxy", "proxy_http"].map {
                "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so"
            }
            return """
                \(modules.joined(separator: "\n"))
                \(isRoot ? "User www-data\nGroup www-data" : "")
                Mutex pthread
                PidFile \(folder)/pid
                ErrorLog /dev/stderr
                ServerName 127.0.0.1
                Listen 127.0.0.1:\(port)
                <VirtualHost *:\(port)>
                \(lines)
                </VirtualHost>
                """
        case .nginx:
            let folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
                "\($0)_temp_path \(folder)/\($0);"
            }
            return """
                daemon off;
                \(isRoot ? "user root;" : "")
                pid \(folder)/pid;
                error_log stderr;
                events {}
                http {
                access_log off;
                \(folders.joined(separator: "\n"))
                server {
                listen 127.0.0.1:\(port);
                \(lines)
                }
                }
                """
        }
    }
}

@Suite(
    "Behind a web server with the lines of beamline doctor",
    .enabled(if: !WebServer.installed.isEmpty, "Install apache2-bin or nginx-light.")
)
struct WebServerTests {
    @Test(arguments: WebServer.installed, ["", "/lab"])
    func `everything arrives as it was sent`(_ server: WebServer, _ prefix: String) async throws {
        let front = try FreePort.find()
        var settings = SiteSettings()
        settings.publicURL = "http://127.0.0.1:\(front)\(prefix)"
        try await GatewayProcess.with(settings) { gateway in
            let before = try await doctor(gateway)
            #expect(before.run.exitStatus == 3 && before.states == ["unreachable"], "\(before.run)")
            let lines = try #require(before.lines[server.rawValue]?.string)
            let child = try server.start(port: front, lines: lines)
            try await Polling.wait(for: "the web server") {
                guard child.isRunning else { throw SetupFailure("It ended: \(child.errorOutput)") }
                return try? await get(front, prefix + "/mcp").status == 401 ? () : nil
            }
            let after = try await doctor(gateway)
            #expect(after.run.exitStatus == 0 && after.states == ["ok", "ok", "ok"], "\(after.run)")

            let page = try await get(front, prefix.isEmpty ? "/" : prefix)
            #expect(page.status == 200 && page.text.contains("Connect your assistant"))
            #expect(page.field("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
            let message = gateway.message("tools/list", token: try await gateway.token(), path: prefix + "/mcp/epic")
            let list = try await WireConnection(port: front).exchange(message.bytes(port: front))
            #expect(list.status == 200 && list.text.contains("panda_study_job"), "\(list)")
            child.signal(SIGTERM)
            _ = try await child.exitStatus(within: .seconds(120))
        }
    }

    private func get(_ port: Int, _ path: String) async throws -> WireAnswer {
        try await WireConnection(port: port).exchange(WireRequest("GET", path).bytes(port: port))
    }

    private func doctor(_ gateway: GatewayProcess) async throws -> (run: ProgramRun, states: [String], lines: JSONValue)
    {
        let run = try await ProgramRun.beamline("doctor", "--config", gateway.configuration, "--json")
        let json = try JSONValue(parsing: run.output)
        let found = json["findings"]?.array?.filter { $0["subject"] == "public URL" } ?? []
        return (run, found.compactMap { $0["state"]?.string }, json["proxy"] ?? .null)
    }
}

import Foundation
import JSON
import TestSupport
import Testing

@Suite("beamline login, logout and whoami")
struct LoginCommandTests {
    /// Somebody at a shell, with a home of their own.
    private struct Shell {
        let site: LoginSite
        let home: String
        let program: String
        var further: [String: String] = [:]

        init(_ site: LoginSite) throws {
            self.site = site
            home = try RunFolder.current.subfolder("home")
            program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        }

        private var environment: [String: String] {
            ["XDG_CONFIG_HOME": home, "DISPLAY": "", "WAYLAND_DISPLAY": ""].merging(further) { $1 }
        }

        func start(_ arguments: String...) throws -> ChildProcess {
            try ChildProcess(program, arguments + ["--url", site.gateway.url], environment: environment)
        }

        func run(_ arguments: String...) async throws -> ProgramRun {
            try await ProgramRun.run(program, arguments + ["--url", site.gateway.url], environment: environment)
        }

        var file: URL {
            get throws {
                let folder = URL(fileURLWithPath: home + "/beamline/logins")
                let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                return try #require(files.first { $0.pathExtension == "json" })
            }
        }

        /// Logs in with a code, which somebody types in a browser elsewhere.
        func logIn(_ decision: String = "allow") async throws -> ProgramRun {
            let login = try start("login")
            let code = try await Polling.wait(for: "the code") { () -> String? in
                guard login.isRunning else { throw SetupFailure("It ended: \(login.output)\n\(login.errorOutput)") }
                return login.output.firstMatch(of: /type the code ([A-Z-]+)\n/).map { String($0.output.1) }
            }
            var browser = Browser(site)
            let page = try await browser.get("/device")
            let proof = page.text.firstMatch(of: /name="proof" value="([^"]*)"/)?.output.1
            let consent = try await browser.post("/device", ["proof": String(proof ?? ""), "user_code": code])
            let ticket = try #require(Browser.ticket(in: consent), "\(consent)")
            let chooser = try await browser.post("/login/consent", ["ticket": ticket, "decision": decision])
            if decision == "allow" {
                let callback = try await browser.visitProvider(try await browser.choose(.good, on: chooser))
                #expect(try await browser.get(Browser.target(callback)).status == 200)
            }
            return try await ProgramRun.end(of: login)
        }
    }

    private func site() async throws -> LoginSite {
        try await LoginSite.start(further: "  lifetimes: {device_interval: 1s}")
    }

    @Test func `somebody without a browser logs in by a code, calls, and logs out`() async throws {
        let site = try await site()
        let shell = try Shell(site)
        #expect(try await shell.run("whoami").exitStatus == 1)
        #expect(try await shell.run("tools").exitStatus == 1)
        let login = try await shell.logIn()
        #expect(login.exitStatus == 0, "\(login)")

        let file = try shell.file
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        let call = try await shell.run("call", "epic_panda_list_jobs", "limit=1")
        #expect(call.exitStatus == 0, "\(call)")
        let who = try await shell.run("whoami", "--json")
        #expect(who.exitStatus == 0, "\(who)")
        #expect(try JSONValue(parsing: who.output)["tools"]?.integer ?? 0 > 0, "\(who)")

        // Several shells find that the token has run out.
        let former = try JSONValue(parsing: Array(Data(contentsOf: file)))
        let token = try #require(former["access_token"]?.string)
        #expect(!login.output.contains(token) && !who.output.contains(token))
        let text = try String(contentsOf: file, encoding: .utf8)
        let expiry = try #require(former["expires_at"]?.integer)
        try text.replacing("\(expiry)", with: "1").write(to: file, atomically: false, encoding: .utf8)
        let runs = try await withThrowingTaskGroup(of: ProgramRun.self) { group in
            for _ in 0..<4 { group.addTask { try await shell.run("tools") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for run in runs { #expect(run.exitStatus == 0, "\(run)") }
        let renewed = try JSONValue(parsing: Array(Data(contentsOf: file)))
        #expect(
            renewed["refresh_token"] != former["refresh_token"] && renewed["access_token"] != former["access_token"]
        )
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)

        #expect(try await shell.run("logout").exitStatus == 0)
        try await site.isTurnedAway(renewed["access_token"]?.string ?? "")
        #expect(try await shell.run("logout").exitStatus == 1)
        #expect(try await shell.run("whoami").exitStatus == 1)
        try await site.gateway.stop()
    }

    @Test func `a no is said to be one`() async throws {
        let site = try await site()
        let run = try await Shell(site).logIn("deny")
        #expect(run.exitStatus == 1 && run.errorOutput.contains("said no"), "\(run)")
        try await site.gateway.stop()
    }

    @Test func `where there is a screen a browser opens, and comes back to the program`() async throws {
        let site = try await LoginSite.shared()
        var shell = try Shell(site)
        let (folder, opened) = (try RunFolder.current.subfolder("bin"), shell.home + "/opened")
        try "#!/bin/sh\nprintf %s \"$1\" > \(opened).new && mv \(opened).new \(opened)\n"
            .write(toFile: folder + "/xdg-open", atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/xdg-open")
        shell.further = ["DISPLAY": ":7", "PATH": "\(folder):/usr/bin:/bin"]
        let login = try shell.start("login", "--scope", "epic:read")
        let url = try await Polling.wait(for: "the browser") { () -> String? in
            guard login.isRunning else { throw SetupFailure("It ended: \(login.output)\n\(login.errorOutput)") }
            return try? String(contentsOfFile: opened, encoding: .utf8)
        }
        var browser = Browser(site)
        let query = try #require(url.split(separator: "?", maxSplits: 1).last.map(String.init))
        let back = try #require(try await browser.logIn(query).field("Location"))
        let port = try #require(back.firstMatch(of: /^http:\/\/127\.0\.0\.1:(\d+)\//).flatMap { Int($0.output.1) })
        func visit(_ target: String) async throws -> Int {
            try await WireConnection(port: port).exchange(WireRequest("GET", target).bytes(port: port)).status
        }
        let parameters = Form.query(of: back)
        for change in [["state": "guessed"], ["iss": "https://evil.example"], ["iss": ""]] {
            #expect(try await visit("/callback?" + Form.write(parameters.merging(change) { $1 })) == 404)
        }
        #expect(try await visit(Browser.target(back)) == 200)
        #expect(try await login.exitStatus(within: .seconds(60)) == 0, "\(login.errorOutput)")
        #expect(try await shell.run("tools").exitStatus == 0)
        #expect(try await shell.run("logout", "--json").output == "{\"ok\":true}\n")
    }

    @Test func `a token that lacks a scope tells how to get it`() async throws {
        let site = try await site()
        let shell = try Shell(site)
        #expect(try await shell.logIn().exitStatus == 0)
        let file = try shell.file
        var login = try String(contentsOf: file, encoding: .utf8)
        let token = try #require(try JSONValue(parsing: Array(login.utf8))["refresh_token"]?.string)
        let client = try #require(try JSONValue(parsing: Array(login.utf8))["client_id"]?.string)
        let form = ["grant_type": "refresh_token", "refresh_token": token, "client_id": client, "scope": "epic:read"]
        let narrow = try #require(try await site.post("/token", form).json?["access_token"]?.string)
        let wide = try #require(try JSONValue(parsing: Array(login.utf8))["access_token"]?.string)
        login = login.replacing(wide, with: narrow)
        try login.write(to: file, atomically: false, encoding: .utf8)
        let run = try await shell.run("call", "rubin_panda_study_job", "pandaid=1")
        #expect(run.exitStatus == 1 && run.errorOutput.contains("beamline login --url"), "\(run)")
        try await site.gateway.stop()
    }

    @Test func `what is no gateway with a login is said to be none`() async throws {
        let home = try RunFolder.current.subfolder("home")
        let program = try BuiltPrograms.path(of: BuiltPrograms.gateway)
        let replay = try await SharedSite.replay().port
        for (url, status) in [
            ("http://127.0.0.1:\(replay)/mcp", 1), ("http://127.0.0.1:\(try FreePort.find())/mcp", 3),
            ("http://gateway.example/mcp", 3), ("nonsense", 1),
        ] as [(String, Int32)] {
            let run = try await ProgramRun.run(
                program,
                ["login", "--device", "--url", url],
                environment: ["XDG_CONFIG_HOME": home]
            )
            #expect(run.exitStatus == status, "\(url): \(run)")
        }
    }
}

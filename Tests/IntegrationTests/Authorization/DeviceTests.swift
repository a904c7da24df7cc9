import JSON
import TestSupport
import Testing

@Suite("Devices without a browser (RFC 8628)")
struct DeviceTests {
    private static let grantType = "urn:ietf:params:oauth:grant-type:device_code"

    private struct Device {
        let site: LoginSite
        let client: String
        let code: String
        let userCode: String

        init(_ site: LoginSite, client: String? = nil) async throws {
            let id: String
            if let client { id = client } else { id = try await site.client() }
            let answer = try await site.post("/device_authorization", ["client_id": id, "scope": "epic:read"])
            guard let code = answer.json?["device_code"]?.string, let userCode = answer.json?["user_code"]?.string
            else {
                throw SetupFailure("no device code: \(answer)")
            }
            (self.site, self.client, self.code, self.userCode) = (site, id, code, userCode)
        }

        func poll() async throws -> WireAnswer {
            try await site.post(
                "/token",
                ["grant_type": DeviceTests.grantType, "device_code": code, "client_id": client]
            )
        }

        /// Somebody types the code in a browser: the consent page.
        func enter(_ browser: inout Browser) async throws -> WireAnswer {
            let page = try await browser.get("/device?user_code=\(userCode)")
            let proof = page.text.firstMatch(of: /name="proof" value="([^"]*)"/)?.output.1
            return try await browser.post("/device", ["proof": String(proof ?? ""), "user_code": userCode])
        }
    }

    @Test func `a device gets its codes and where to send people`() async throws {
        let site = try await LoginSite.shared()
        let answer = try await site.post("/device_authorization", ["client_id": try await site.client()])
        #expect(answer.status == 200)
        #expect(answer.field("Cache-Control") == "no-store")
        let json = try #require(answer.json)
        #expect(json["verification_uri"]?.string == site.issuer + "/device")
        #expect(json["interval"] == 5 && json["expires_in"] == 600)
        #expect(json["user_code"]?.string?.wholeMatch(of: /[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}/) != nil)
    }

    @Test func `it waits until somebody agrees, and then gets its tokens once`() async throws {
        let site = try await LoginSite.shared()
        let device = try await Device(site)
        #expect(try await device.poll().json?["error"] == "authorization_pending")
        #expect(try await device.poll().json?["error"] == "slow_down", "it asked too soon")
        var browser = Browser(site)
        let consent = try await device.enter(&browser)
        #expect(consent.text.contains(device.userCode), "to be compared")
        let ticket = try #require(Browser.ticket(in: consent))
        let chooser = try await browser.post("/login/consent", ["ticket": ticket, "decision": "allow"])
        let callback = try await browser.visitProvider(try await browser.choose(.good, on: chooser))
        let end = try await browser.get(Browser.target(callback))
        #expect(end.status == 200 && end.text.contains("connected"))
        let tokens = try await device.poll()
        #expect(tokens.status == 200)
        #expect(tokens.json?["refresh_token"] != nil)
        #expect(try await site.listing(tokens.json?["access_token"]?.string ?? "").status == 200)
        #expect(try await device.poll().json?["error"] == "invalid_grant")
    }

    @Test func `somebody may say no`() async throws {
        let site = try await LoginSite.shared()
        let device = try await Device(site)
        var browser = Browser(site)
        let ticket = try #require(Browser.ticket(in: try await device.enter(&browser)))
        let end = try await browser.post("/login/consent", ["ticket": ticket, "decision": "deny"])
        #expect(end.text.contains("not connected"))
        #expect(try await device.poll().json?["error"] == "access_denied")
    }

    @Test func `a code is for its client, and unknown codes are nobody's`() async throws {
        let site = try await LoginSite.shared()
        let device = try await Device(site)
        let other = try await site.client()
        let form = ["grant_type": Self.grantType, "device_code": device.code, "client_id": other]
        #expect(try await site.post("/token", form).json?["error"] == "invalid_grant")
        let unknown = ["grant_type": Self.grantType, "device_code": "x", "client_id": device.client]
        #expect(try await site.post("/token", unknown).json?["error"] == "invalid_grant")
    }

    @Test(arguments: ["BCDF-GHJK", "aaaa", "", "<script>"])
    func `a code nobody has leads nowhere`(_ code: String) async throws {
        let site = try await LoginSite.shared()
        var browser = Browser(site)
        let page = try await browser.get("/device")
        let proof = page.text.firstMatch(of: /name="proof" value="([^"]*)"/)?.output.1
        let answer = try await browser.post("/device", ["proof": String(proof ?? ""), "user_code": code])
        #expect(answer.status == 400)
        #expect(!answer.text.contains("<script>"))
    }

    @Test func `the page takes codes from its own form only`() async throws {
        let site = try await LoginSite.shared()
        let device = try await Device(site)
        #expect(try await site.post("/device", ["user_code": device.userCode]).status == 400)
        let form = ["user_code": device.userCode, "proof": "x"]
        #expect(try await site.post("/device", form, ["Origin: https://evil.example"]).status == 403)
        let page = try await site.get("/device?user_code=%22%3E%3Cscript%3E")
        #expect(!page.text.contains("<script"))
    }

    @Test func `service accounts do not wait for people`() async throws {
        let site = try await LoginSite.shared()
        let form = ["client_id": "bots", "client_secret": LoginSite.secret]
        #expect(try await site.post("/device_authorization", form).json?["error"] == "unauthorized_client")
    }
}

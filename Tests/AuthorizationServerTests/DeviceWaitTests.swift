import AuthorizationServer
import JSON
import Testing

@Suite("Devices that wait")
struct DeviceWaitTests {
    private func poll(_ bench: Bench, _ device: JSONValue) async -> OAuthError.Code? {
        do throws(OAuthError) {
            _ = try await bench.token([
                (name: "grant_type", value: TokenRequest.Kind.device.rawValue), (name: "client_id", value: "c1"),
                (name: "device_code", value: device["device_code"]?.string ?? ""),
            ])
            return nil
        } catch {
            return error.code
        }
    }

    private func begin(_ bench: Bench) async throws(OAuthError) -> JSONValue {
        try await bench.server.device(Array("client_id=c1".utf8), authorization: [], from: "192.0.2.1")
    }

    @Test func `one that asks too often waits longer each time (RFC 8628 section 3.5)`() async throws {
        let bench = try Bench()
        let device = try await begin(bench)
        #expect(await poll(bench, device) == .authorizationPending)
        bench.clock.advance(4)
        #expect(await poll(bench, device) == .slowDown)
        bench.clock.advance(9)
        #expect(await poll(bench, device) == .slowDown, "5 seconds were added")
        bench.clock.advance(15)
        #expect(await poll(bench, device) == .authorizationPending)
    }

    @Test(arguments: [(599 as Int64, OAuthError.Code.authorizationPending), (600, .expiredToken)])
    func `its code ends`(_ seconds: Int64, _ answer: OAuthError.Code) async throws {
        let bench = try Bench()
        let device = try await begin(bench)
        bench.clock.advance(seconds)
        #expect(await poll(bench, device) == answer)
    }

    @Test func `so many may wait`() async throws {
        let bench = try Bench { $0.limits.waitingDevices = 2 }
        _ = try await begin(bench)
        _ = try await begin(bench)
        await #expect(throws: OAuthError.self) { try await begin(bench) }
    }

    @Test func `so many logins may be under way, and the next person is told to wait`() async throws {
        let bench = try Bench { $0.limits.waitingLogins = 2 }
        for isLast in [false, false, true] {
            let step = await bench.server.authorize(Samples.query(), BrowserCookies())
            if case .refused(let status, _, _) = step.page {
                #expect(isLast && status == 503)
            } else {
                #expect(!isLast)
            }
        }
    }

    @Test func `codes that people type are counted by address`() async throws {
        let bench = try Bench { $0.limits.registrationsPerMinute = 2 }
        var statuses: [Int] = []
        for _ in 0..<3 {
            let step = await bench.server.enter("BCDF-GHJK", from: "192.0.2.1", BrowserCookies())
            if case .refused(let status, _, _) = step.page { statuses.append(status) }
        }
        #expect(statuses == [400, 400, 429])
    }
}

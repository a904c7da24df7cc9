import JSON
import Sealing
import TestSupport
import Testing

@Suite("Keys of service accounts")
struct ServiceKeyTests {
    @Test func `the command prints a key, and its digest for the configuration`() async throws {
        let run = try await ProgramRun.beamline("service-key", "epic-bots", "--json")
        #expect(run.exitStatus == 0)
        let json = try #require(try? JSONValue(parsing: run.output))
        let key = try #require(json["key"]?.string)
        #expect(key.hasPrefix("beam_sk_epic-bots_"))
        #expect(json["key_sha256"]?.string == Digest.sha256Text(Array(key.utf8)))
    }

    @Test func `a name that cannot be an account's is a usage error`() async throws {
        #expect(try await ProgramRun.beamline("service-key", "Bots!").exitStatus == 2)
    }
}

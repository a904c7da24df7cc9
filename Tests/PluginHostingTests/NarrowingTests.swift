import GatewayCore
import JSON
import PluginFixtures
import PluginHosting
import PluginRuntime
import Testing

@Suite("Plugins that have the last word")
struct NarrowingTests {
    private func verdict(
        _ name: String,
        fixture: String = "narrows",
        within limit: Duration = .seconds(60)
    ) async throws
        -> NarrowingVerdict
    {
        let loader = quietLoader()
        let outcome = try #require(await loader.load([try await .fixture(fixture)]).first)
        let verdict = try await outcome.result.get().provider.verdict(
            on: NarrowingRequest(
                requestID: RequestID(),
                item: ItemReference(kind: .tool, namespace: "fixture", localName: name),
                name: name,
                arguments: Array(#"{"task":7}"#.utf8)[...],
                principal: Principal(issuer: "i", subject: "s", roles: ["fixture.user"]),
                viewPath: "/mcp",
                deadline: .after(limit)
            )
        )
        await loader.shutdown()
        return verdict
    }

    @Test func `a call is allowed by a plugin that is asked about this tool and these arguments`() async throws {
        #expect(try await verdict("body") == .allowed)
    }

    @Test func `the plugin's reason reaches the caller without what a terminal would obey`() async throws {
        #expect(try await verdict("reason") == .refused(reason: "Not yours."))
    }

    @Test(arguments: ["no", "odd", "fails", "unsupported"])
    func `anything but a clear yes is a no`(name: String) async throws {
        #expect(try await verdict(name) == .refused(reason: nil))
    }

    @Test func `no answer in time is a no`() async throws {
        #expect(try await verdict("never", within: .milliseconds(20)) == .refused(reason: nil))
    }

    @Test func `a plugin that does not know the question has not allowed anything`() async throws {
        #expect(try await verdict("act", fixture: "plain") == .refused(reason: nil))
    }
}

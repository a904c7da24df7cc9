import GatewayCore
import Testing

@Suite("Where messages may be sent")
struct DestinationRuleTests {
    @Test(arguments: [
        ("/queue/a", "/queue/a", true), ("/queue/a", "/queue/ab", false), ("/queue/a", "/queue/A", false),
        ("/queue/agent.*", "/queue/agent.ann-1_2", true), ("/queue/agent.*", "/queue/agent.", false),
        ("/queue/agent.*", "/queue/agent.a.b", false), ("/queue/agent.*", "/queue/agent.>", false),
        ("/queue/agent.*", "/queue/agent.*", false), ("/queue/agent.*", "/queue/agent.a,topic://b", false),
        ("/queue/agent.*", "/queue/agent.a?prefetch=1", false), ("/queue/agent.*", "/queue/agent.a b", false),
        ("/queue/agent.*", "/queue/agent.\u{e9}", false), ("/queue/agent.*", "/queue/agenta", false),
    ])
    func `a rule allows one destination, or one part of a name`(rule: String, destination: String, isAllowed: Bool) {
        #expect(DestinationRule(rule)?.allows(destination) == isAllowed)
    }

    @Test(arguments: ["", "*", "a*b", "**", "a b", "a\n", "é", String(repeating: "x", count: 256)])
    func `anything else is no rule`(text: String) {
        #expect(DestinationRule(text) == nil)
    }

    @Test func `a destination is as long as the longest and no longer`() throws {
        let rule = try #require(DestinationRule("/queue/*"))
        #expect(DestinationRule(String(repeating: "x", count: 255)) != nil)
        #expect(rule.allows("/queue/" + String(repeating: "x", count: 248)))
        #expect(!rule.allows("/queue/" + String(repeating: "x", count: 249)))
    }
}

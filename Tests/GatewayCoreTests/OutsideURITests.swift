import GatewayCore
import Testing

@Suite("Outside URIs")
struct OutsideURITests {
    @Test(arguments: [
        "panda://job/1", "a:b", "job://{id}/log", "x-y.z:1", "ui://jobs", "ui://jobs/view.html", "ui://{name}/{+path}",
        "ui://epic/jobs", "ui:jobs",
    ])
    func `what goes out comes back`(local: String) throws {
        let outside = OutsideURI.outside(local, of: "epic")
        let split = try #require(OutsideURI.split(outside))
        #expect(split.namespace == "epic" && split.local == local)
    }

    @Test func `an interface keeps its scheme, and is found by the general rule as well`() throws {
        #expect(OutsideURI.outside("ui://jobs/view.html", of: "epic") == "ui://epic/jobs/view.html")
        let split = try #require(OutsideURI.split("epic+ui://jobs/view.html"))
        #expect(split.namespace == "epic" && split.local == "ui://jobs/view.html")
        for text in ["ui://", "ui://epic", "ui:///jobs"] { #expect(OutsideURI.split(text) == nil) }
    }

    @Test(arguments: ["", "epic", "epic+", "+a:b", "panda://a+b", "a:b+c", "epic+a"])
    func `what has no namespace in its scheme is not taken apart`(text: String) {
        #expect(OutsideURI.split(text) == nil || OutsideURI.split(text)?.local.contains(":") == true)
    }

    @Test(arguments: [
        ("panda://job/1", true), ("a:", true), ("a1.-:x", true), ("", false), (":x", false), ("1a:x", false),
        ("a+b:x", false), ("a b:x", false), ("a:x y", false), ("a:é", false), ("a:\u{7F}", false), ("plain", false),
    ])
    func `a local URI has a scheme and is printable`(text: String, isLocal: Bool) {
        #expect(OutsideURI.isLocal(text) == isLocal)
    }

    @Test func `a URI may be as long as the limit and no longer`() {
        let start = "a:"
        #expect(OutsideURI.isLocal(start + String(repeating: "x", count: OutsideURI.longest - 2)))
        #expect(!OutsideURI.isLocal(start + String(repeating: "x", count: OutsideURI.longest - 1)))
    }
}

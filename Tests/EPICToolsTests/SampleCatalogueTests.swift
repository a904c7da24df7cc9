import JSON
import PluginKit
import PluginTesting
import SampleData
import Testing

/// The statements about the production catalogue on the real driver.
@Suite struct SampleCatalogueTests {
    private let site: SampleSite

    init() throws {
        site = try SampleSite.shared.get()
    }

    private func tags(_ arguments: JSONValue) async throws -> JSONValue {
        try await call("pcs_list_tags", arguments, on: site)
    }

    @Test func `lists tags by number, the highest first`() async throws {
        let answer = try await tags(["tag_type": "p"])
        #expect(answer.texts("tag_label").first == "p4011" && answer.texts("tag_label").last == "p1001")
        #expect(answer["total_count"] == 11)
        #expect(answer["summary"] == ["locked": 9, "draft": 2])
        #expect(answer.items.last?["category"] == "DIS")
        #expect(answer.items.last?["parameters"]?["q2_range"] == "minQ2=1")
    }

    @Test(
        arguments: [
            (["tag_type": "p", "category": "dvcs"], ["p2008", "p2007"]),
            (["tag_type": "P", "status": "Draft"], ["p4010", "p1005"]),
            (["tag_type": "p", "search": "10X275"], ["p2008", "p1004"]),
            (["tag_type": "e", "search": "e2"], ["e2"]), (["tag_type": "e", "search": "ep_c"], []),
            (["tag_type": "k"], ["k1"]), (["tag_type": "p", "creator": "Afischer"], []),
        ] as [(JSONValue, [String])]
    )
    func `finds the tags of a filter`(arguments: JSONValue, labels: [String]) async throws {
        #expect(try await tags(arguments).texts("tag_label") == labels)
    }

    @Test func `pages through the tags once`() async throws {
        var arguments = JSONObject()
        arguments["tag_type"] = "p"
        arguments["limit"] = 4
        var seen: [String] = []
        for _ in 0..<5 {
            let page = try await tags(.object(arguments))
            #expect(page["total_count"] == 11)
            seen += page.texts("tag_label")
            guard let cursor = page["next_cursor"] else { break }
            arguments["cursor"] = cursor
        }
        #expect(seen.count == 11 && Set(seen).count == 11)
    }

    @Test func `tells one tag, however its label is written`() async throws {
        let tag = try await call("pcs_get_tag", ["tag_label": " P2007\n"], on: site)
        #expect(tag["tag_label"] == "p2007" && tag["tag_number"] == 2007 && tag["tag_type"] == "p")
        #expect(tag["category"] == "DVCS" && tag["category_digit"] == 2)
        let plain = try await call("pcs_get_tag", ["tag_label": "r2"], on: site)
        #expect(plain["category"] == nil && plain["parameters"]?["reco_config"] == "test_%_only")
    }

    @Test func `does not find a tag that is none`() async {
        let error = ToolError(
            .notFound,
            "There is no tag p7.",
            hint: "pcs_list_tags with tag_type p lists those there are."
        )
        await #expect(throws: CallHarness.Failure.tool(error)) {
            try await call("pcs_get_tag", ["tag_label": "p7"], on: site)
        }
    }

    @Test(
        arguments: [
            ("18x275", ["p4011", "p1006", "p1005"]), ("PYTHIA8", ["e1"]), ("test_%_only", ["r2"]), ("%", ["r2"]),
            ("synrad", ["k1"]), ("background_type", []), ("npsim", ["s1"]),
        ]
    )
    func `searches labels, descriptions and values, not names of parameters`(
        query: String,
        labels: [String]
    ) async throws {
        let answer = try await call("pcs_search_tags", ["query": .string(query)], on: site)
        #expect(answer.texts("tag_label") == labels)
        #expect(answer["total_count"] == .integer(labels.count))
    }

    @Test func `searches one kind alone, and counts by kind`() async throws {
        let all = try await call("pcs_search_tags", ["query": "26.02"], on: site)
        #expect(all["summary"] == ["s": 1, "r": 2])
        let one = try await call("pcs_search_tags", ["query": "26.02", "tag_type": "s"], on: site)
        #expect(one.texts("tag_label") == ["s1"])
    }

    @Test(
        arguments: [
            ("pcs_list_tags", ["tag_type": "x"], "tag_type: is none of p, e, s, r, k."),
            ("pcs_list_tags", ["tag_type": "e", "category": "DIS"], "category: only physics tags (p) have one."),
            ("pcs_list_tags", ["tag_type": "e", "status": "open"], "status: is none of draft, locked."),
            (
                "pcs_list_tags", ["tag_type": "e", "cursor": "g1."],
                "cursor: is not one this tool gave; leave it out to start again."
            ),
            (
                "pcs_get_tag", ["tag_label": "p12a"],
                "tag_label: must be a letter of p, e, s, r, k and a number, such as p1001."
            ),
            (
                "pcs_get_tag", ["tag_label": "p"],
                "tag_label: must be a letter of p, e, s, r, k and a number, such as p1001."
            ),
            ("pcs_search_tags", ["query": ""], "query: is empty."),
            ("pcs_search_tags", ["query": "a", "tag_type": "z"], "tag_type: is none of p, e, s, r, k."),
            (
                "pcs_search_tags", ["query": "a", "cursor": "p1.x"],
                "cursor: is not one this tool gave; leave it out to start again."
            ),
            ("panda_harvester_workers", ["hours": 1, "days": 1], "hours and days: give one of them, not both."),
        ] as [(String, JSONValue, String)]
    )
    func `refuses what cannot be meant`(tool: String, arguments: JSONValue, message: String) async {
        await #expect(throws: CallHarness.Failure.tool(ToolError(.invalidArgument, message))) {
            try await call(tool, arguments, on: site)
        }
    }
}

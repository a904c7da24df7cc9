import JSON
import ToolSearch
import Testing

@Suite("Search")
struct SearchTests {
    private func found(_ question: String, _ tools: [SearchableTool], limit: Int = 8) -> [Int] {
        SearchIndex(tools).search(question, limit: limit).matches.map(\.position)
    }

    private func tool(
        _ name: String,
        _ description: String = "",
        title: String? = nil,
        origin: [String] = []
    ) -> SearchableTool {
        SearchableTool(origin: origin, name: name, title: title, description: description)
    }

    @Test(arguments: [
        ("failed jobs", "a job that fails"),
        ("queries", "the query"),
        ("running", "it runs"),
        ("stopped", "to stop"),
        ("execution", "what is executed"),
        ("allocated", "the allocation"),
        ("status", "all statuses"),
        ("failures", "what fails"),
        ("taskId", "the task"),
        ("PANDA", "panda"),
        ("batches", "in a batch"),
    ])
    func `the forms of a word are one word`(question: String, description: String) {
        #expect(found(question, [tool("a", "nothing of it"), tool("b", description)]) == [1])
    }

    @Test(arguments: [
        ("workflow", "one run"),
        ("queue", "a computing element"),
        ("computing element", "every queue"),
        ("site", "the queue"),
        ("DID", "a dataset"),
        ("data identifier", "a dataset"),
        ("error", "a failure"),
        ("owner", "of the user"),
        ("abort", "kills it"),
        ("stdout", "the log"),
        ("rse", "on storage"),
    ])
    func `what physicists call the same is found by either word`(question: String, description: String) {
        #expect(found(question, [tool("a", "nothing of it"), tool("b", description)]) == [1])
    }

    @Test func `a word itself counts more than another for the same`() {
        #expect(found("workflow", [tool("a", "a run"), tool("b", "a workflow")]) == [1, 0])
    }

    @Test func `a word in a name counts more than in a title, and there more than in a description`() {
        let tools = [tool("x", "task"), tool("y", title: "task"), tool("task"), tool("z", "other")]
        #expect(found("task", tools) == [2, 1, 0])
    }

    @Test func `a rare word counts more than a common one`() {
        let tools = [tool("a", "jobs"), tool("b", "jobs"), tool("c", "jobs"), tool("d", "luminosity")]
        #expect(found("luminosity of jobs", tools).first == 3)
    }

    @Test func `names of parameters and what they mean are found`() {
        let schema = SearchableTool(
            name: "a",
            description: "",
            inputSchema: [
                "type": "object",
                "properties": ["bucket": ["type": "string", "description": "Day or fortnight."]],
            ]
        )
        #expect(found("bucket", [tool("b", "x"), schema]) == [1])
        #expect(found("fortnight", [tool("b", "x"), schema]) == [1])
    }

    @Test func `a long number is the id of something`() {
        let tools = [tool("list", "many jobs"), tool("study", "one job by its id")]
        #expect(found("job 6800730400", tools).first == 1)
    }

    @Test func `who asks how to do something finds the documentation`() {
        let tools = [tool("submit_job", "submits"), tool("ask", "passages of the documentation")]
        #expect(Set(found("how do I submit a job?", tools)) == [0, 1])
    }

    @Test func `equals come in their order`() {
        #expect(found("job", [tool("b", "job"), tool("a", "job"), tool("c", "job")]) == [0, 1, 2])
    }

    @Test func `copies of a tool leave room for others, but not those of the experiment asked about`() {
        let tools = [
            tool("jobs", "jobs", origin: ["atlas"]), tool("jobs", "jobs", origin: ["epic"]),
            tool("jobs", "jobs", origin: ["rubin"]), tool("failed_jobs", "jobs", origin: ["atlas"]),
        ]
        #expect(found("jobs", tools) == [0, 1, 3, 2] || found("jobs", tools) == [0, 3, 1, 2])
        #expect(found("jobs of rubin", tools).first == 2)
    }

    @Test(arguments: ["", "   ", "?!", "what is the", "zyzzyva", "、。"])
    func `a question without a known word finds nothing`(question: String) {
        let result = SearchIndex([tool("a", "a job")]).search(question, limit: 8)
        #expect(result.matches.isEmpty && result.found == 0)
    }

    @Test func `no tools are no trouble`() {
        #expect(found("job", []) == [])
    }

    @Test func `no more are shown than wanted, and all are counted`() {
        let result = SearchIndex((0..<10).map { tool("t\($0)", "job") }).search("job", limit: 3)
        #expect(result.matches.count == 3)
        #expect(result.found == 10)
    }

    @Test func `the best of very many is found, however common its words are`() {
        var tools = (0..<3000).map { tool("t\($0)", "a job of a filler, and a job") }
        tools[2345] = tool("study_job", "a job by its number")
        let result = SearchIndex(tools).search("study the job", limit: 1)
        #expect(result.matches.map(\.position) == [2345])
        #expect(result.found <= 1024, "what one search looks at is bounded")
    }

    @Test func `a question of many words is answered`() {
        let question = (0..<5000).map { "word\($0)" }.joined(separator: " ")
        #expect(found("job " + question, [tool("a", "job")]) == [0])
    }

    @Test func `the same question has the same answer`() {
        let tools = (0..<200).map { tool("t\($0 % 7)", "job \($0 % 5) of site \($0 % 3)") }
        let first = SearchIndex(tools).search("jobs at a site", limit: 25).matches
        for _ in 0..<5 { #expect(SearchIndex(tools).search("jobs at a site", limit: 25).matches == first) }
    }
}

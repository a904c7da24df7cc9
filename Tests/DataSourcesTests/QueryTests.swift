import DataSources
import GatewayCore
import JSON
import Testing

struct QueryTests {
    private static let ask = #"{"source":"panda","sql":"SELECT n FROM t"}"#

    @Test func `rows come with columns`() async {
        let source = FakeSource(rows: .success(.numbers("[[1],[2]]", count: 2)))
        let answer = await ServiceDesk(["panda": source]).ask("source.query", Self.ask)
        #expect(answer.status == .ok)
        #expect(answer.body == #"{"columns":[{"name":"n","type":"int"}],"rows":[[1],[2]],"truncated":false}"#)
    }

    @Test(arguments: ["[]", "[[1]]"])
    func `truncation is passed on`(rows: String) async {
        let source = FakeSource(rows: .success(.numbers(rows, count: 0, isTruncated: true)))
        let answer = await ServiceDesk(["panda": source]).ask("source.query", Self.ask)
        #expect(answer.body == #"{"columns":[{"name":"n","type":"int"}],"rows":\#(rows),"truncated":true}"#)
    }

    @Test func `the driver hears everything, unknown members are ignored`() async throws {
        let source = FakeSource(rows: .success(.numbers("[]", count: 0)))
        let parent = ServiceParent.call(7)
        let deadline = Deadline.after(.seconds(60))
        let answer = await ServiceDesk(["panda": source]).ask(
            "source.query",
            """
            {"source":"panda","sql":"SELECT $1","parameters":[null,true,1,1.5,"a",123456789012345678901234567890],
             "max_rows":5,"read_only":true,"timeout_ms":null,"novelty":{}}
            """,
            parent: parent,
            deadline: deadline
        )
        #expect(answer.status == .ok)
        let query = try #require(source.queries.first)
        #expect(query.statement == "SELECT $1")
        #expect(query.parameters.count == 6)
        #expect(Array(query.parameters.prefix(5)) == [nil, true, 1, 1.5, "a"])
        #expect(query.maximumRows == 5)
        #expect(query.maximumBytes == 8 << 20)
        #expect(query.deadline == deadline)
        #expect(query.requestID == parent.requestID)
    }

    @Test(arguments: [(#""max_rows":1"#, 1), (#""max_rows":10"#, 10), (#""max_rows":11"#, 10), (#""x":1"#, 10)])
    func `rows asked for stay within the limit`(member: String, expected: Int) async {
        let source = FakeSource(rows: .success(.numbers("[]", count: 0)))
        let desk = ServiceDesk(["panda": source], limits: SourceLimits(maximumRows: 10))
        _ = await desk.ask("source.query", #"{"source":"panda","sql":"SELECT 1",\#(member)}"#)
        #expect(source.queries.map(\.maximumRows) == [expected])
    }

    @Test(arguments: [
        ("", "no JSON"),
        ("[]", "must be an object"),
        (#"{"source":"panda","source":"panda","sql":"SELECT 1"}"#, "given twice"),
        (#"{"sql":"SELECT 1"}"#, #"\"source\" is missing"#),
        (#"{"source":"panda"}"#, #"\"sql\" is missing"#),
        (#"{"source":1,"sql":"SELECT 1"}"#, #"\"source\" must be a string"#),
        (#"{"source":"panda","sql":["SELECT 1"]}"#, #"\"sql\" must be a string"#),
        (#"{"source":"panda","sql":"SELECT 1","parameters":{}}"#, #"\"parameters\" must be an array"#),
        (#"{"source":"panda","sql":"SELECT 1","parameters":[1,[2]]}"#, #"\"parameters\"[1] must be null"#),
        (#"{"source":"panda","sql":"SELECT 1","parameters":[{}]}"#, #"\"parameters\"[0] must be null"#),
        (#"{"source":"panda","sql":"SELECT 1","max_rows":0}"#, #"\"max_rows\" must be a whole number"#),
        (#"{"source":"panda","sql":"SELECT 1","max_rows":1.5}"#, #"\"max_rows\" must be a whole number"#),
        (#"{"source":"panda","sql":"SELECT 1","max_rows":"5"}"#, #"\"max_rows\" must be a whole number"#),
        (#"{"source":"panda","sql":"SELECT 1","timeout_ms":-1}"#, #"\"timeout_ms\" must be a whole number"#),
        (#"{"source":"panda","sql":"SELECT 1","read_only":"yes"}"#, #"\"read_only\" must be true or false"#),
    ])
    func `a malformed body is told`(body: String, part: String) async {
        let source = FakeSource(rows: .success(.numbers("[]", count: 0)))
        let answer = await ServiceDesk(["panda": source]).ask("source.query", body)
        #expect(answer.status == .invalidArgument)
        #expect(answer.body.contains(part), "\(answer.body)")
        #expect(source.queries.isEmpty)
    }

    @Test func `a body up to the limit is read, a longer one is not`() async {
        let desk = ServiceDesk(
            ["panda": FakeSource(rows: .success(.numbers("[]", count: 0)))],
            limits: SourceLimits(operationBytes: Self.ask.utf8.count)
        )
        #expect(await desk.ask("source.query", Self.ask).status == .ok)
        #expect(await desk.ask("source.query", Self.ask + " ").status == .tooLarge)
    }

    @Test func `writing is forbidden`() async {
        let answer = await ServiceDesk(["panda": FakeSource()])
            .ask("source.query", #"{"source":"panda","sql":"DELETE FROM t","read_only":false}"#)
        #expect(answer.status == .forbidden)
        #expect(answer.body == #"{"message":"The data source \"panda\" can only be read."}"#)
    }

    @Test func `an unknown source is told with the names there are`() async {
        let desk = ServiceDesk(["panda": FakeSource(), "archive": FakeSource(.http)])
        let answer = await desk.ask("source.query", #"{"source":"rucio","sql":"SELECT 1"}"#)
        #expect(answer.status == .notFound)
        #expect(answer.body.contains(#"The sources are \"archive\", \"panda\"."#))
        let none = await ServiceDesk([:]).ask("source.query", Self.ask)
        #expect(none.status == .notFound)
        #expect(none.body.contains("No source is bound to this plugin."))
    }

    @Test(arguments: ["source.write", "cache.get", "", "source.query "])
    func `an unknown operation is unsupported`(operation: String) async {
        let answer = await ServiceDesk(["panda": FakeSource()]).ask(operation, "not even JSON")
        #expect(answer.status == .unsupported)
    }

    @Test func `a source of another kind takes no SQL`() async {
        let answer = await ServiceDesk(["panda": FakeSource(.http)]).ask("source.query", Self.ask)
        #expect(answer.status == .unsupported)
        #expect(answer.body.contains("of kind http"))
    }

    @Test(
        arguments: [
            (SourceError.invalid("Say it otherwise."), PluginStatus.invalidArgument, nil),
            (.rejected(detail: "secret: no table jobs"), .internal, "secret: no table jobs"),
            (.unavailable(detail: "secret: db.example.org"), .unavailable, "secret: db.example.org"),
            (.timeout, .timeout, "no answer by the deadline"),
            (.tooLarge, .tooLarge, "the answer is larger than the limit"),
            (.cancelled, .cancelled, nil),
            (.unsupported, .unsupported, nil),
        ] as [(SourceError, PluginStatus, String?)]
    )
    func `failures are answers, details are for the operator`(
        error: SourceError,
        status: PluginStatus,
        detail: String?
    ) async throws {
        let desk = ServiceDesk(["panda": FakeSource(rows: .failure(error))])
        let parent = ServiceParent.call(1)
        let answer = await desk.ask("source.query", Self.ask, parent: parent)
        #expect(answer.status == status)
        #expect(!answer.body.contains("secret"))
        #expect(try JSONValue(parsing: answer.body)["message"]?.string?.isEmpty == false)
        let expected = detail.map {
            SourceTrouble(
                namespace: "epic",
                source: "panda",
                operation: "source.query",
                status: status,
                detail: $0,
                requestID: parent.requestID
            )
        }
        #expect(desk.reports.all == [expected].compactMap { $0 })
    }

    @Test func `rows that are no JSON are the driver's fault`() async {
        let desk = ServiceDesk(
            ["panda": FakeSource(rows: .success(.numbers("[[1],oops", count: 1)))],
            limits: SourceLimits(pageBytes: 4)
        )
        #expect(await desk.ask("source.query", Self.ask).status == .internal)
        #expect(desk.reports.all.count == 1)
    }

    @Test func `the deadline is the earliest of all`() async throws {
        let source = FakeSource(rows: .success(.numbers("[]", count: 0)))
        let desk = ServiceDesk(["panda": source], limits: SourceLimits(defaultTimeout: .seconds(30)))
        let far = Deadline.after(.seconds(3600))
        let short = #"{"source":"panda","sql":"SELECT 1","timeout_ms":1000}"#
        let long = #"{"source":"panda","sql":"SELECT 1","timeout_ms":9000000000000000000}"#
        _ = await desk.ask("source.query", Self.ask, parent: .call(1), deadline: far)
        _ = await desk.ask("source.query", long, parent: .call(1), deadline: far)
        _ = await desk.ask("source.query", short, parent: .call(1), deadline: far)
        _ = await desk.ask("source.query", Self.ask, deadline: far)
        _ = await desk.ask("source.query", short, deadline: far)
        let deadlines = source.queries.map(\.deadline)
        try #require(deadlines.count == 5)
        #expect(deadlines[0] == far)
        #expect(deadlines[1] == far)
        #expect(deadlines[2] <= .after(.seconds(1)))
        #expect(deadlines[3] <= .after(.seconds(30)) && deadlines[3] > .after(.seconds(20)))
        #expect(deadlines[4] <= .after(.seconds(1)))
    }
}

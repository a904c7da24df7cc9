import JSON
import PanDAKit
import PluginKit
import PluginTesting
import Testing

@Suite("Data that Rucio looks after")
struct RucioToolsTests {
    private typealias Answer = SourcesInMemory.Answer

    private static let now = Timestamp("2026-11-21T12:00:00Z") ?? Timestamp(seconds: 0)

    private static let ruleLine = """
        {"name": "ds1", "locked": false, "did_type": "DATASET", "locks_ok_cnt": 2, "state": "STUCK", \
        "locks_replicating_cnt": 0, "error": "transfer failed: Bearer abcdefghijklmnopqrstuvwxyz", "locks_stuck_cnt": 1, \
        "rse_expression": "MOCK1", "created_at": "Sat, 21 Nov 2026 01:10:05 UTC", \
        "id": "d939b2f216f14edb9d87f29bcb06e27e", "copies": 1, "activity": "User Subscriptions", "account": "root", \
        "expires_at": null, "comments": null, "scope": "test"}
        """

    /// What a server of version 41.5 answers.
    private static let answers: [String: Answer] = [
        "/dids/test/dids/search": .text(
            """
            {"scope": "test", "name": "f1.root", "did_type": "FILE", "bytes": 1234, "length": null}
            {"scope": "test", "name": "ds1", "did_type": "DATASET", "bytes": null, "length": null}

            """
        ),
        "/dids/test/ds1": .json([
            "scope": "test", "name": "ds1", "type": "DATASET", "account": "root", "open": true, "length": 2,
            "bytes": .double(5555.0), "expired_at": nil,
        ]),
        "/dids/test/ds1/meta": .json([
            "created_at": "Sat, 21 Nov 2026 01:10:05 UTC", "campaign": "mc23", "task_id": 46_374_283, "md5": nil,
            "account": "root", "hidden": false,
        ]),
        "/dids/test/ds1/parents": .text("{\"scope\": \"test\", \"name\": \"all\", \"type\": \"CONTAINER\"}\n"),
        "/dids/test/ds1/files": .text(
            """
            {"scope": "test", "name": "f2.root", "bytes": 4321, "adler32": "0cc737ec", "guid": null, "events": null}
            {"scope": "test", "name": "f1.root", "bytes": 1234, "adler32": "0cc737eb", "guid": null, "events": 10}

            """
        ),
        "/dids/test/ds1/rules": .text(ruleLine + "\n"),
        "/rules/": .text(""),
        "/rules/d939b2f216f14edb9d87f29bcb06e27e": .json((try? JSONValue(parsing: Array(ruleLine.utf8))) ?? nil),
        "/rules/d939b2f216f14edb9d87f29bcb06e27e/locks": .text(
            """
            {"scope": "test", "name": "f1.root", "rse": "MOCK1", "state": "OK"}
            {"scope": "test", "name": "f2.root", "rse": "MOCK1", "state": "STUCK"}
            {"scope": "test", "name": "f3.root", "rse": "MOCK1", "state": "OK"}
            """
        ),
        "/rules/d939b2f216f14edb9d87f29bcb06e27e/analysis": .json([
            "rule_error": "This rule is stuck",
            "transfers": [
                [
                    "scope": "test", "name": "f2.root", "rse": "MOCK1", "attempts": 4, "last_source": "OLD",
                    "last_error": "checksum of https://user:secretpassword@host/x", "last_time": "2026-11-21 01:00:00",
                ]
            ],
        ]),
        "/dids/test/f1.root": .json(["scope": "test", "name": "f1.root", "type": "FILE", "bytes": 1234]),
        "/replicas/test/f1.root": .text(
            """
            {"scope": "test", "name": "f1.root", "pfns": {}, "rses": {"MOCK1": ["mock://mock.example:0/f1.root"], \
            "MOCK2": []}, "states": {"MOCK1": "AVAILABLE", "MOCK2": "COPYING"}}

            """
        ),
        "/replicas/test/ds1/datasets": .text(
            """
            {"scope": "test", "name": "ds1", "rse": "PART", "available_bytes": 1234, "length": 2, "available_length": 1}
            {"scope": "test", "name": "ds1", "rse": "FULL", "available_bytes": 5555, "length": 2, "available_length": 2}

            """
        ),
        "/dids/test/all": .json(["scope": "test", "name": "all", "type": "CONTAINER"]),
        "/dids/test/all/dids": .text(
            """
            {"scope": "test", "name": "ds1", "type": "DATASET"}
            {"scope": "test", "name": "ds1", "type": "DATASET"}

            """
        ),
        "/rses/MOCK1": .json([
            "rse": "MOCK1", "rse_type": "DISK", "availability_read": true, "availability_write": false,
            "availability_delete": true,
        ]),
        "/rses/MOCK1/usage": .text(
            """
            {"source": "rucio", "used": 0, "free": null, "total": 0, "files": 0, "updated_at": "Sat, 21 Nov 2026 01:10:05 UTC"}

            """
        ),
        "/rses/": .text("{\"rse\": \"MOCK1\"}\n{\"rse\": \"../evil\"}\n"),
        "/accounts/root/usage/local": .text(
            """
            {"rse": "MOCK1", "bytes": 5, "files": 1, "bytes_limit": 10, "bytes_remaining": 5}
            {"rse": "MOCK2", "bytes": 50, "files": 2, "bytes_limit": 0, "bytes_remaining": 0}

            """
        ),
        "/accounts/root/usage/global": .text(""),
    ]

    private func answer(
        _ name: String,
        _ arguments: JSONValue,
        username: String? = nil,
        answers: [String: Answer] = answers
    ) async throws -> JSONValue {
        let missing = Answer.text(
            #"{"ExceptionClass": "DataIdentifierNotFound", "ExceptionMessage": "Data identifier not found"}"#,
            status: 404
        )
        let host = SourcesInMemory(request: { request throws(ToolError) in answers[request.path] ?? missing })
        let tool = try #require(RucioTools.tools().first { type(of: $0).description.name == name })
        return try await Self.called(tool, host, username, arguments)
    }

    private static func called(
        _ tool: some Tool,
        _ host: SourcesInMemory,
        _ username: String?,
        _ arguments: JSONValue
    ) async throws -> JSONValue {
        try await CallHarness(tool, host: host, caller: Caller(username: username), now: now).call(arguments)
    }

    private func failure(
        _ name: String,
        _ arguments: JSONValue,
        answers: [String: Answer] = answers
    ) async throws -> ToolError? {
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await answer(name, arguments, answers: answers)
        }
        guard case .tool(let error) = error else { return nil }
        return error
    }

    @Test func `data is found in the order of the names`() async throws {
        let list = try await answer("rucio_find_dids", ["scope": "test", "name": "*", "type": "all", "limit": 1])
        #expect(list["items"] == [["did": "test:ds1", "type": "DATASET"]])
        #expect(list["total_count"] == 2)
        #expect(list["has_more"] == true)
        let next = try await answer(
            "rucio_find_dids",
            ["scope": "test", "name": "*", "limit": 1, "cursor": list["next_cursor"] ?? nil]
        )
        #expect(next["items"] == [["did": "test:f1.root", "type": "FILE", "size_bytes": 1234]])
        #expect(next["has_more"] == false)
    }

    @Test func `data is described with what it is part of`() async throws {
        let data = try await answer("rucio_did", ["did": "test:ds1"])
        #expect(data["size_bytes"] == 5555)
        #expect(data["file_count"] == 2)
        #expect(data["created"] == "2026-11-21T01:10:05Z")
        #expect(data["metadata"] == ["campaign": "mc23", "task_id": "46374283"])
        #expect(data["parents"] == ["test:all"])
    }

    @Test func `files are summed up`() async throws {
        let list = try await answer("rucio_files", ["did": "test:ds1"])
        #expect(list["items"]?.array?.compactMap { $0["did"]?.string } == ["test:f1.root", "test:f2.root"])
        #expect(list["summary"] == ["size_bytes": 5555])
        #expect(list["items"]?.array?.first?["events"] == 10)
    }

    @Test func `rules are those of data or of an account, and secrets in them are taken out`() async throws {
        let list = try await answer("rucio_rules", ["did": "test:ds1"])
        let rule = try #require(list["items"]?.array?.first)
        #expect(rule["rule_id"] == "d939b2f216f14edb9d87f29bcb06e27e")
        #expect(rule["locks"] == ["done": 2, "replicating": 0, "stuck": 1])
        #expect(rule["error"]?.string?.contains("abcdefghijkl") == false)
        #expect(list["summary"] == ["STUCK": 1])
        let none = try await answer("rucio_rules", ["account": "root", "state": "OK"])
        #expect(none["total_count"] == 0)
        #expect(none["hint"] != nil)
    }

    @Test func `a rule that is stuck shows what fails`() async throws {
        let rule = try await answer("rucio_rule", ["rule_id": "D939B2F216F14EDB9D87F29BCB06E27E"])
        #expect(
            rule["locks_by_rse"] == [
                ["rse": "MOCK1", "state": "OK", "files": 2], ["rse": "MOCK1", "state": "STUCK", "files": 1],
            ]
        )
        #expect(rule["waiting_files"] == ["test:f2.root"])
        let transfer = try #require(rule["failing_transfers"]?.array?.first)
        #expect(transfer["attempts"] == 4)
        #expect(transfer["last_error"]?.string?.contains("secretpassword") == false)
        #expect(rule["analysis"] == "This rule is stuck")
    }

    @Test func `copies of a file have addresses, those of a dataset counts`() async throws {
        let file = try await answer("rucio_replicas", ["did": "test:f1.root"])
        #expect(
            file["replicas"]?.array?.first == [
                "rse": "MOCK1", "state": "AVAILABLE", "urls": ["mock://mock.example:0/f1.root"], "available_files": 1,
            ]
        )
        let dataset = try await answer("rucio_replicas", ["did": "test:ds1"])
        #expect(dataset["replicas"]?.array?.compactMap { $0["rse"]?.string } == ["FULL", "PART"])
        #expect(dataset["replicas"]?.array?.compactMap { $0["is_complete"]?.bool } == [true, false])
        let container = try await answer("rucio_replicas", ["did": "test:all"])
        #expect(container["datasets_in_all"] == 2)
        #expect(container["replicas"]?.array?.first?["available_files"] == 4)
        #expect(container["replicas"]?.array?.first?["datasets"] == 2)
    }

    @Test func `a copy of a part of a container is not whole`() async throws {
        var answers = Self.answers
        answers["/dids/test/all/dids"] = .text(
            """
            {"scope": "test", "name": "ds1", "type": "DATASET"}
            {"scope": "test", "name": "ds2", "type": "DATASET"}

            """
        )
        answers["/replicas/test/ds2/datasets"] = .text("")
        let container = try await answer("rucio_replicas", ["did": "test:all"], answers: answers)
        #expect(container["replicas"]?.array?.compactMap { $0["is_complete"]?.bool } == [false, false])
    }

    @Test func `numbers that nobody counts are none, and sums stay numbers`() async throws {
        let line = #"{"scope": "test", "name": "f", "bytes": 9007199254740991, "events": -1}"#
        let answers: [String: Answer] = [
            "/dids/test/ds1/files": .text(
                [line, line, line.replacing("9007199254740991", with: "9223372036854775807")].joined(separator: "\n")
            )
        ]
        let list = try await answer("rucio_files", ["did": "test:ds1"], answers: answers)
        #expect(list["summary"] == ["size_bytes": 9_007_199_254_740_991])
        #expect(list["items"]?.array?.compactMap { $0["size_bytes"] }.count == 2)
        #expect(list["items"]?.array?.compactMap { $0["events"] } == [])
    }

    @Test(arguments: ["MOCK1", "type=DATADISK&tier=1"])
    func `space is told of one storage element or of those that fit`(_ rse: String) async throws {
        let answer = try await answer("rucio_rse_usage", ["rse": .string(rse)])
        #expect(answer["total_count"] == 1)
        #expect(answer["items"]?.array?.first?["can_write"] == false)
        #expect(answer["items"]?.array?.first?["usage"]?.array?.first?["used_bytes"] == 0)
        #expect(answer["items"]?.array?.first?["usage"]?.array?.first?["free_bytes"] == nil)
    }

    @Test func `a quota is the caller's own unless another is named`() async throws {
        let mine = try await answer("rucio_account_usage", [:], username: "root")
        #expect(mine["summary"] == ["used_bytes": 55, "files": 3])
        #expect(
            mine["items"]?.array?.last == [
                "rse": "MOCK1", "used_bytes": 5, "files": 1, "limit_bytes": 10, "remaining_bytes": 5,
            ]
        )
        #expect(mine["items"]?.array?.first?["limit_bytes"] == nil)
        #expect(try await failure("rucio_account_usage", ["account": "nobody"])?.code == .notFound)
        #expect(try await failure("rucio_account_usage", [:])?.code == .invalidArgument)
    }

    @Test(
        arguments: [
            ("rucio_did", ["did": "ds1"]), ("rucio_did", ["did": "test:"]), ("rucio_did", ["did": "test:a b"]),
            ("rucio_did", ["did": "test:../../accounts/root"]), ("rucio_did", ["did": "..:x"]),
            ("rucio_did", ["did": "test:a?b"]), ("rucio_did", ["did": "test:a%2e"]),
            ("rucio_find_dids", ["scope": "a/b", "name": "*"]), ("rucio_find_dids", ["scope": "test", "name": ""]),
            ("rucio_find_dids", ["scope": "test", "name": "*", "cursor": "c1.2"]),
            ("rucio_rules", [:]), ("rucio_rules", ["did": "test:ds1", "account": "root"]),
            ("rucio_rules", ["account": "root/../x"]), ("rucio_rule", ["rule_id": "1"]),
            ("rucio_rule", ["rule_id": "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"]), ("rucio_rse_usage", ["rse": "é"]),
            ("rucio_account_usage", ["account": "a b"]),
        ] as [(String, JSONValue)]
    )
    func `what cannot be a name is refused before Rucio is asked`(_ tool: String, _ arguments: JSONValue) async throws {
        #expect(try await failure(tool, arguments, answers: [:])?.code == .invalidArgument)
    }

    @Test func `a name with slashes goes as it is, one with other characters encoded`() async throws {
        let host = SourcesInMemory(request: { _ throws(ToolError) in .text("", status: 404) })
        _ = try? await Self.called(DIDFilesTool(source: RucioSource()), host, nil, ["did": "rubin:runs/RC2/a+b"])
        #expect(host.requests.map(\.path) == ["/dids/rubin/runs/RC2/a%2Bb/files"])
    }

    @Test(arguments: [
        (Answer.text("<html>down</html>"), ToolError.Code.unavailable), (.text("", status: 503), .unavailable),
        (.text("", status: 401), .unavailable), (.text("", status: 429), .rateLimited),
        (.text("", status: 504), .timeout),
        (.text(#"{"ExceptionClass": "AccessDenied", "ExceptionMessage": "root@db"}"#, status: 403), .forbidden),
        (.text(#"{"ExceptionClass": "InvalidObject", "ExceptionMessage": "root@db"}"#, status: 400), .invalidArgument),
        (.text(#"{"ExceptionClass": "InvalidRSEExpression", "ExceptionMessage": "root@db"}"#, status: 400), .notFound),
        (.text(#"{"ExceptionClass": "RucioException", "ExceptionMessage": "root@db"}"#, status: 500), .unavailable),
        (.json(["a": 1]), .unavailable), (.text("not json"), .unavailable), (.text("[1]"), .unavailable),
    ])
    private func `what Rucio refuses is told in our own words`(_ answer: Answer, _ code: ToolError.Code) async throws {
        let error = try await failure("rucio_rules", ["account": "root"], answers: ["/rules/": answer])
        #expect(error?.code == code)
        #expect(error.map { "\($0.message)\($0.hint ?? "")" }?.contains("root@db") == false)
    }

    @Test func `a site without Rucio says so`() async throws {
        let host = SourcesInMemory()
        let error = await #expect(throws: CallHarness.Failure.self) {
            try await Self.called(DIDTool(source: RucioSource()), host, nil, ["did": "test:ds1"])
        }
        guard case .tool(let error) = error else { return #expect(Bool(false)) }
        #expect(error.code == .unavailable)
        #expect(error.message == "Rucio is not connected to this gateway.")
    }
}

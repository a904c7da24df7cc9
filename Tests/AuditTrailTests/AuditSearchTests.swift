import AuditTrail
import Foundation
import GatewayCore
import JSON
import TestSupport
import Testing

@Suite("Searching the audit trail for officers")
struct AuditSearchTests {
    private let folder: String

    init() throws {
        folder = try RunFolder.current.subfolder("audit") + "/trail"
    }

    private func event(
        _ namespace: String,
        _ item: String,
        subject: String = "maria",
        arguments: String? = nil
    ) -> AuditEvent {
        AuditEvent(
            requestID: RequestID(),
            principal: Principal(issuer: "https://issuer.example", subject: subject),
            item: ItemReference(kind: .tool, namespace: namespace, localName: item),
            outcome: .answered,
            duration: .milliseconds(12),
            arguments: arguments.map { Array($0.utf8)[...] }
        )
    }

    /// Writes calls of two experiments in turn, and one of nothing known.
    private func write(_ count: Int, fileBytes: Int = 64 << 20) async throws {
        var settings = AuditSettings(folder: folder, clearArguments: ["epic_jobs": ["site"]])
        settings.fileBytes = fileBytes
        let trail = try AuditTrail(settings, version: "1", delay: .zero)
        for number in 0..<count {
            trail.record(event("epic", "tool_\(number)"))
            trail.record(event("atlas", "other_\(number)", subject: "\"namespace\":\"epic\""))
            await trail.flush()
        }
        trail.record(event("epic", "jobs", subject: "paul", arguments: #"{"site":"BNL","namespace":"atlas","x":1}"#))
        trail.record(
            AuditEvent(
                requestID: RequestID(),
                principal: Principal(issuer: "https://issuer.example", subject: "maria"),
                item: nil,
                outcome: .unknownItem,
                duration: .zero
            )
        )
        trail.record(
            AuditedAct("blocked", details: ["namespace": "epic", "reason": "secret of operators", "by": "root"])
        )
        await trail.flush()
    }

    private func search(
        _ namespaces: Set<String> = ["epic"],
        in search: AuditSearch? = nil,
        _ change: (inout AuditQuestion) -> Void = { _ in }
    ) async throws -> (lines: [JSONValue], cursor: String?) {
        var question = AuditQuestion(namespaces: namespaces)
        question.limit = 100
        change(&question)
        let finding = await (search ?? AuditSearch(folder: folder)).search(question)
        guard case .lines(let lines, let cursor) = finding else { throw SetupFailure("\(finding)") }
        return (try lines.map { try JSONValue(parsing: $0) }, cursor)
    }

    @Test func `finds the newest first, of its namespaces alone, and tells nothing of the rest`() async throws {
        try await write(3)
        let (lines, cursor) = try await search()
        #expect(lines.map { $0["item"] } == [nil, "jobs", "tool_2", "tool_1", "tool_0"])
        #expect(cursor == nil)
        #expect(lines.allSatisfy { $0["namespace"] == "epic" })
        let shown: Set = [
            "time", "event", "request_id", "issuer", "subject", "namespace", "kind", "item", "arguments_sha256",
            "arguments", "outcome", "duration_ms",
        ]
        for line in lines {
            let names = Set((line.object?.members ?? []).map(\.name))
            #expect(names.isSubset(of: shown), "\(line)")
        }
        #expect(lines[0]["event"] == "blocked")
        #expect(lines[1]["arguments"] == ["site": "BNL"], "what the site has named, and no more")
        #expect(try await search(["atlas"]).lines.count == 3)
        #expect(try await search(["atlas", "epic"]).lines.count == 8)
        #expect(try await search([]).lines.isEmpty)
        #expect(try await search(["rubin"]).lines.isEmpty)
    }

    @Test func `goes on where it ended, over all files, each line once`() async throws {
        try await write(40, fileBytes: 4096)
        #expect(try AuditFolder(folder).files().count > 3)
        let auditSearch = AuditSearch(folder: folder)
        var (all, cursor, pages) = ([JSONValue](), String?.none, 0)
        repeat {
            let page = try await search(in: auditSearch) { question in
                question.limit = 7
                question.cursor = cursor
            }
            all += page.lines
            cursor = page.cursor
            pages += 1
        } while cursor != nil && pages < 20
        let expected: [JSONValue?] = [nil, "jobs"] + (0..<40).reversed().map { .string("tool_\($0)") }
        #expect(all.map { $0["item"] } == expected)
        #expect(pages == 6)
    }

    @Test(arguments: [1, 300, 5000]) func `ends where a search has read as much as it may`(_ bytes: Int) async throws {
        try await write(20, fileBytes: 4096)
        let auditSearch = AuditSearch(folder: folder, limits: .init(bytes: bytes))
        var (count, cursor, searches) = (0, String?.none, 0)
        repeat {
            let page = try await search(in: auditSearch) { $0.cursor = cursor }
            count += page.lines.count
            cursor = page.cursor
            searches += 1
        } while cursor != nil && searches < 200
        #expect(count == 22)
        #expect(searches > 1)
    }

    @Test(arguments: [
        ("item", "tool_1", 1), ("subject", "paul", 1), ("event", "blocked", 1), ("outcome", "ok", 4),
        ("outcome", "timeout", 0), ("since", "2020-01-01", 5), ("since", "2999-01-01T00:00", 0),
        ("until", "2020-01-01", 0), ("until", "2999-01-01", 5), ("request", "nothing", 0),
    ])
    func `finds what matches`(_ field: String, _ value: String, _ count: Int) async throws {
        try await write(3)
        let lines = try await search { question in
            switch field {
            case "item": question.item = value
            case "subject": question.subject = value
            case "event": question.event = value
            case "outcome": question.outcome = value
            case "since": question.since = value
            case "until": question.until = value
            default: question.requestID = value
            }
        }.lines
        #expect(lines.count == count)
    }

    @Test func `a cursor is of those who may read the same, and of this run`() async throws {
        try await write(5)
        let auditSearch = AuditSearch(folder: folder)
        let cursor = try #require(try await search(in: auditSearch) { $0.limit = 1 }.cursor)
        func finding(_ search: AuditSearch, _ namespaces: Set<String>, _ cursor: String) async -> AuditFinding {
            var question = AuditQuestion(namespaces: namespaces)
            question.cursor = cursor
            return await search.search(question)
        }
        #expect(await finding(auditSearch, ["atlas"], cursor) == .badCursor)
        #expect(await finding(AuditSearch(folder: folder), ["epic"], cursor) == .badCursor)
        #expect(await finding(auditSearch, ["epic"], "x") == .badCursor)
        #expect(await finding(auditSearch, ["epic"], cursor) != .badCursor)
    }

    @Test func `a budget of bytes ends a page, but never before its first line`() async throws {
        try await write(5)
        #expect(try await search { $0.budgetBytes = 0 }.lines.count == 1)
        let two = try await search { $0.limit = 2 }.lines
        let bytes = two.reduce(0) { $0 + $1.serialized.count }
        #expect(try await search { $0.budgetBytes = bytes }.lines.count == 2)
        #expect(try await search { $0.budgetBytes = bytes - 1 }.lines.count == 1)
    }

    @Test func `reads lines longer than what it reads together, and leaves out one that is not whole`() async throws {
        try await write(1)
        let file = try #require(try AuditFolder(folder).files().last)
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        let long = String(repeating: "x", count: 3 << 20)
        try handle.write(
            contentsOf: Data(#"{"time":"2026","event":"call","namespace":"epic","item":"\#(long)"}\#n"#.utf8)
        )
        try handle.write(contentsOf: Data(#"{"time":"2026","event":"call","namespace":"epic","item":"cut"}"#.utf8))
        try handle.close()
        let lines = try await search { $0.budgetBytes = 8 << 20 }.lines
        #expect(lines.count == 4)
        #expect(lines.first?["item"]?.string?.count == 3 << 20)
    }

    @Test func `only so many searches wait`() async throws {
        try await write(1)
        #expect(
            await AuditSearch(folder: folder, limits: .init(searches: 0)).search(AuditQuestion(namespaces: [])) == .busy
        )
        #expect(try await search(in: AuditSearch(folder: folder, limits: .init(searches: 1))).lines.count == 3)
    }

    @Test func `a folder that is gone is no empty trail`() async throws {
        #expect(
            await AuditSearch(folder: folder + "-gone").search(AuditQuestion(namespaces: ["epic"])) == .unavailable
        )
    }
}

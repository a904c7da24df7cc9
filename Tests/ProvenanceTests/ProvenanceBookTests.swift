import Foundation
import GRDB
import GatewayCore
import Provenance
import Sealing
import Synchronization
import TestSupport
import Testing

@Suite("Where results came from")
struct ProvenanceBookTests {
    private static let alice = Principal(issuer: "https://issuer.example", subject: "alice")
    private static let day: Int64 = 86_400_000

    private let path: String

    init() throws {
        path = try RunFolder.current.subfolder("provenance") + "/provenance.sqlite"
    }

    private func book(
        _ change: (inout ProvenanceSettings) -> Void = { _ in },
        now: @escaping @Sendable () -> Int64 = { 1_800_000_000_123 }
    ) throws -> ProvenanceBook {
        var settings = ProvenanceSettings(path: path)
        change(&settings)
        return try ProvenanceBook(settings, delay: .zero, now: now)
    }

    private static func answer(
        _ structured: String,
        content: String = "",
        arguments: String? = #"{"site":"BNL"}"#,
        of principal: Principal = alice,
        isError: Bool = false
    ) -> AnsweredCall {
        AnsweredCall(
            id: ProvenanceID(),
            requestID: RequestID(),
            principal: principal,
            item: ItemReference(kind: .tool, namespace: "epic", localName: "panda_list_jobs"),
            name: "panda_list_jobs",
            arguments: arguments.map { Array($0.utf8)[...] },
            structured: Array(structured.utf8),
            content: Array(content.utf8),
            isError: isError
        )
    }

    private func known(_ finding: ProvenanceFinding) -> KnownResult? {
        guard case .known(let known) = finding else { return nil }
        return known
    }

    @Test func `several gateways may make the file at once`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 { group.addTask { _ = try book() } }
            try await group.waitForAll()
        }
    }

    @Test func `a result is known by its id with call, time and digests`() async throws {
        let book = try book()
        let answer = Self.answer(#"{"items":[]}"#)
        book.keep(answer)
        let known = try #require(known(await book.finding(answer.id, of: Self.alice, values: [])))
        #expect(known.namespace == "epic" && known.name == "panda_list_jobs" && known.kind == "tool")
        #expect(known.requestID == answer.requestID.description)
        #expect(known.answeredAt == "2027-01-15T08:00:00.123Z")
        #expect(known.argumentsDigest == Digest.sha256Text(Array(#"{"site":"BNL"}"#.utf8)))
        #expect(known.resultDigest == Digest.sha256Text(Array(#"{"items":[]}"#.utf8)))
        #expect(known.resultBytes == 12 && !known.isError && known.holdsValue == nil)
        #expect(book.lostResults == 0 && book.waitingResults == 0)
    }

    @Test func `what has no structure is known by its blocks, and without arguments there is no digest of them`()
        async throws
    {
        let book = try book()
        let blocks = #"[{"type":"text","text":"pilot 1305"}]"#
        let answer = Self.answer("", content: blocks, arguments: nil, isError: true)
        book.keep(answer)
        let known = try #require(known(await book.finding(answer.id, of: Self.alice, values: ["pilot 1305"])))
        #expect(known.resultDigest == Digest.sha256Text(Array(blocks.utf8)))
        #expect(known.argumentsDigest == nil && known.isError && known.holdsValue == true)
    }

    @Test(
        arguments: [
            (["38512"], true), (["1690000"], true), (["0.05"], true), (["BNL_PanDA_1"], true), (["true"], true),
            (["Zeuthen – λ"], true), (["no", "38512"], true), (["2026-11-29T01:00:00Z"], true),
            (["BNL"], false), (["3851"], false), (["jeditaskid"], false), (["false"], false), (["null"], false),
            ([""], false), (["1.69e6"], false),
        ] as [([String], Bool)]
    )
    func `a value occurs in a result when it is the whole of one in it`(values: [String], occurs: Bool) async throws {
        let book = try book()
        let answer = Self.answer(
            #"""
            {"items":[{"jeditaskid":38512,"pandaid":1.69E6,"rate":5e-2,"site":"BNL_PanDA_1","ok":true,"none":null,
            "place":"Zeuthen – \u03bb","at":"2026-11-29T01:00:00Z"}]}
            """#
        )
        book.keep(answer)
        #expect(known(await book.finding(answer.id, of: Self.alice, values: values))?.holdsValue == occurs)
    }

    @Test(arguments: [(2, true, Bool?.none), (3, true, false)])
    func `beyond the limit of values it cannot be told whether one occurs`(
        most: Int,
        first: Bool?,
        absent: Bool?
    ) async throws {
        let book = try book({ $0.valuesPerResult = most })
        let answer = Self.answer("[1,2,2,1,3]")
        book.keep(answer)
        #expect(known(await book.finding(answer.id, of: Self.alice, values: ["1"]))?.holdsValue == first)
        #expect(known(await book.finding(answer.id, of: Self.alice, values: ["4"]))?.holdsValue == absent)
    }

    @Test(
        arguments: [
            Principal(issuer: "https://issuer.example", subject: "bob"),
            Principal(issuer: "https://other.example", subject: "alice"), .anonymous,
        ]
    )
    func `a result of somebody else is as unknown as one that never was`(other: Principal) async throws {
        let book = try book()
        let answer = Self.answer("{}")
        book.keep(answer)
        #expect(await book.finding(answer.id, of: other, values: []) == .unknown)
        #expect(await book.finding(ProvenanceID(), of: other, values: []) == .unknown)
        #expect(known(await book.finding(answer.id, of: Self.alice, values: [])) != nil)
    }

    @Test func `a result is remembered over a restart, and its file is its owner's alone and holds no value of it`()
        async throws
    {
        let answer = Self.answer(#"{"token":"zanzibar-4711"}"#, arguments: #"{"site":"timbuktu"}"#)
        let first = try book()
        first.keep(answer)
        await first.close()
        let file = try Data(contentsOf: URL(filePath: path))
        for text in ["zanzibar-4711", "timbuktu", answer.id.description] {
            #expect(file.range(of: Data(text.utf8)) == nil, "\(text)")
        }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let next = try book()
        let found = known(await next.finding(answer.id, of: Self.alice, values: ["zanzibar-4711"]))
        #expect(found?.holdsValue == true)
    }

    @Test func `a result is forgotten when its time is over`() async throws {
        let time = Mutex<Int64>(1_800_000_000_000)
        let book = try book({ $0.retention = .seconds(86_400) }, now: { time.withLock { $0 } })
        let answer = Self.answer("{}")
        book.keep(answer)
        await book.flush()
        time.withLock { $0 += Self.day }
        #expect(known(await book.finding(answer.id, of: Self.alice, values: [])) != nil)
        time.withLock { $0 += 1 }
        #expect(await book.finding(answer.id, of: Self.alice, values: []) == .unknown)
        // The next that is written takes it out of the file.
        book.keep(Self.answer("{}"))
        await book.flush()
        #expect(try await count() == 1)
    }

    @Test func `of more results than there may be the oldest are forgotten`() async throws {
        let book = try book({ $0.results = 5 })
        let answers = (0..<8).map { Self.answer("\($0)") }
        for answer in answers {
            book.keep(answer)
            await book.flush()
        }
        #expect(try await count() == 5)
        #expect(await book.finding(answers[2].id, of: Self.alice, values: []) == .unknown)
        #expect(known(await book.finding(answers[3].id, of: Self.alice, values: [])) != nil)
    }

    @Test func `what finds too much waiting is lost and counted, and nobody waits`() async throws {
        let book = try ProvenanceBook(
            ProvenanceSettings(path: path, waiting: 2, waitingBytes: 100),
            delay: .seconds(3600)
        )
        book.keep(Self.answer(String(repeating: "1", count: 101), arguments: nil))
        #expect(book.lostResults == 1)
        let kept = Self.answer(String(repeating: "1", count: 100), arguments: nil)
        book.keep(kept)
        book.keep(Self.answer("1", arguments: nil))
        #expect(book.lostResults == 2 && book.waitingResults == 1)
        #expect(known(await book.finding(kept.id, of: Self.alice, values: [])) != nil)
        #expect(book.waitingResults == 0)
        for _ in 0..<3 { book.keep(Self.answer("1", arguments: nil)) }
        #expect(book.lostResults == 3 && book.waitingResults == 2)
    }

    @Test func `a file that cannot be written costs results and no call, and is tried again`() async throws {
        let book = try book()
        let pool = try DatabaseQueue(path: path)
        try await pool.write { try $0.execute(sql: "ALTER TABLE results RENAME TO elsewhere") }
        let lost = Self.answer("{}")
        book.keep(lost)
        #expect(await book.finding(lost.id, of: Self.alice, values: []) == .unavailable)
        #expect(book.isFailing && book.lostResults == 1)
        try await pool.write { try $0.execute(sql: "ALTER TABLE elsewhere RENAME TO results") }
        let kept = Self.answer("{}")
        book.keep(kept)
        #expect(known(await book.finding(kept.id, of: Self.alice, values: [])) != nil)
        #expect(!book.isFailing && book.lostResults == 1)
    }

    @Test func `a file that is none of its kind is named`() throws {
        try "no database, whatever it says, and long enough to be looked at".write(
            toFile: path,
            atomically: true,
            encoding: .utf8
        )
        #expect(throws: ProvenanceError.self) { try book() }
    }

    private func count() async throws -> Int? {
        try await DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM results") }
    }
}

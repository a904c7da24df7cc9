import PostgresClient
import JSON
import GatewayCore
import PostgresServer
import Testing
import TestSupport

struct LimitTests {
    private static let three = "SELECT * FROM generate_series(1, 3)"

    @Test(arguments: [(0, "[]", true), (2, "[[1],[2]]", true), (3, "[[1],[2],[3]]", false)])
    func `rows stop at the limit`(limit: Int, expected: String, isTruncated: Bool) async throws {
        let server = try await SharedPostgresServer.server()
        let asked = try await server.source().rows(Self.three, maximumRows: limit)
        let configured = try await server.source(maximumRows: limit).rows(Self.three)
        for rows in [asked, configured] {
            #expect(String(decoding: rows.rows, as: UTF8.self) == expected)
            #expect(rows.isTruncated == isTruncated)
            #expect(rows.count == limit)
            #expect(rows.columns.map(\.name) == ["generate_series"])
        }
    }

    @Test(arguments: [
        (13, "[[1],[2],[3]]", false), (12, "[[1],[2]]", true), (9, "[[1],[2]]", true), (8, "[[1]]", true),
        (5, "[[1]]", true), (4, "[]", true), (0, "[]", true),
    ])
    func `bytes stop at the limit, brackets included`(limit: Int, expected: String, isTruncated: Bool) async throws {
        let server = try await SharedPostgresServer.server()
        let asked = try await server.source().rows(Self.three, maximumBytes: limit)
        let configured = try await server.source(maximumBytes: limit).rows(Self.three)
        for rows in [asked, configured] {
            #expect(String(decoding: rows.rows, as: UTF8.self) == expected)
            #expect(rows.isTruncated == isTruncated)
        }
    }

    @Test func `a row up to the limit is read, a longer one is too large`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1, maximumRowBytes: 1000)
        #expect(try await source.rows("SELECT repeat('x', 1000)").count == 1)
        #expect(await source.failure("SELECT repeat('x', 1001)") == .tooLarge)
        #expect(await source.failure("SELECT repeat('x', 999), 10") == .tooLarge)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `a huge row is too large, and its connection is replaced`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1, maximumRowBytes: 1 << 20)
        #expect(await source.failure("SELECT repeat('x', 20000000)") == .tooLarge)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `enough rows end the statement on the server`() async throws {
        let server = try await SharedPostgresServer.server()
        let source = server.source(connections: 1) { $0.applicationName = "enough" }
        let rise = try await ResidentMemory.rise {
            // A gigabyte and more, were all of it sent.
            let rows = try await source.rows(
                "SELECT repeat('x', 1000), generate_series(1, 1000000000)",
                maximumRows: 10
            )
            #expect(rows.count == 10)
            #expect(rows.isTruncated)
            try await Polling.wait(for: "the end of the statement") {
                try await server.running("enough") == 0 ? () : nil
            }
        }
        #expect(rise < 200 << 20)
        #expect(try await source.json("SELECT 1") == "[[1]]")
    }

    @Test func `rows of one round are not mixed with those of the next`() async throws {
        let source = try await SharedPostgresServer.server().source(connections: 1)
        for round in 0..<50 {
            let rows = try await source.rows(
                "SELECT $1::int, generate_series(1, 20000)",
                [.integer(round)],
                maximumRows: 3
            )
            #expect(String(decoding: rows.rows, as: UTF8.self) == "[[\(round),1],[\(round),2],[\(round),3]]")
        }
    }
}

import DataSources
import GatewayCore
import JSON
import Testing

struct PagingTests {
    private static let ask = #"{"source":"panda","sql":"SELECT n FROM t"}"#
    private static let rows = "[[1],[2],[3],[4],[5]]"

    private static func desk(
        _ rows: String = rows,
        isTruncated: Bool = false,
        limits: SourceLimits
    ) -> ServiceDesk {
        ServiceDesk(
            ["panda": FakeSource(rows: .success(.numbers(rows, count: 5, isTruncated: isTruncated)))],
            limits: limits
        )
    }

    /// All pages of a result, as JSON texts of their rows.
    private static func pages(_ desk: ServiceDesk, parent: ServiceParent?) async throws -> [String] {
        var answer = try await desk.value("source.query", ask, parent: parent)
        var pages: [String] = []
        while true {
            pages.append(String(decoding: try #require(answer["rows"]).serialized, as: UTF8.self))
            guard let next = answer["next"]?.string else { return pages }
            answer = try await desk.value("source.fetch", #"{"next":"\#(next)"}"#, parent: parent)
        }
    }

    @Test(arguments: [
        (21, ["[[1],[2],[3],[4],[5]]"]),
        (20, ["[[1],[2],[3],[4]]", "[[5]]"]),
        (9, ["[[1],[2]]", "[[3],[4]]", "[[5]]"]),
        (8, ["[[1]]", "[[2]]", "[[3]]", "[[4]]", "[[5]]"]),
        (1, ["[[1]]", "[[2]]", "[[3]]", "[[4]]", "[[5]]"]),
    ])
    func `long results come in pages`(pageBytes: Int, expected: [String]) async throws {
        let desk = Self.desk(limits: SourceLimits(pageBytes: pageBytes))
        #expect(try await Self.pages(desk, parent: .call(1)) == expected)
        #expect(try await Self.pages(desk, parent: nil) == expected)
        #expect(desk.services.openResultCount == 0)
    }

    @Test func `white space and documents between rows do no harm`() async throws {
        let desk = Self.desk("[ [ 1 , {\"a\":[2]} ] ,\n[\"],[\", 3 ] ]", limits: SourceLimits(pageBytes: 20))
        #expect(try await Self.pages(desk, parent: nil) == [#"[[1,{"a":[2]}]]"#, #"[["],[",3]]"#])
    }

    @Test func `every page says whether the source had more`() async throws {
        let desk = Self.desk(isTruncated: true, limits: SourceLimits(pageBytes: 12))
        let first = try await desk.value("source.query", Self.ask)
        #expect(first["truncated"] == true)
        let next = try #require(first["next"]?.string)
        let second = try await desk.value("source.fetch", #"{"next":"\#(next)"}"#)
        #expect(second["truncated"] == true)
        #expect(second["columns"] == nil)
    }

    @Test func `a handle works once and for its own request`() async throws {
        let desk = Self.desk(limits: SourceLimits(pageBytes: 9))
        let answer = try await desk.value("source.query", Self.ask, parent: .call(1))
        let fetch = #"{"next":"\#(try #require(answer["next"]?.string))"}"#
        #expect(await desk.ask("source.fetch", fetch, parent: .call(2)).status == .notFound)
        #expect(await desk.ask("source.fetch", fetch).status == .notFound)
        #expect(await desk.ask("source.fetch", fetch, parent: .call(1)).status == .ok)
        #expect(await desk.ask("source.fetch", fetch, parent: .call(1)).status == .notFound)
    }

    @Test func `a handle dies with its request`() async throws {
        let desk = Self.desk(limits: SourceLimits(pageBytes: 9))
        let one = try await desk.value("source.query", Self.ask, parent: .call(1))
        let two = try await desk.value("source.query", Self.ask, parent: .call(2))
        #expect(desk.services.openResultCount == 2)
        desk.services.parentEnded(1)
        #expect(desk.services.openResultCount == 1)
        let dead = #"{"next":"\#(try #require(one["next"]?.string))"}"#
        let alive = #"{"next":"\#(try #require(two["next"]?.string))"}"#
        #expect(await desk.ask("source.fetch", dead, parent: .call(1)).status == .notFound)
        #expect(await desk.ask("source.fetch", alive, parent: .call(2)).status == .ok)
    }

    @Test func `an unused handle dies`() async throws {
        let desk = Self.desk(limits: SourceLimits(pageBytes: 9, openFor: .zero))
        let answer = try await desk.value("source.query", Self.ask)
        #expect(desk.services.openResultCount == 0)
        let fetch = #"{"next":"\#(try #require(answer["next"]?.string))"}"#
        #expect(await desk.ask("source.fetch", fetch).status == .notFound)
    }

    @Test func `so many results may be open, not one more`() async {
        let desk = Self.desk(limits: SourceLimits(pageBytes: 9, openResults: 2))
        #expect(await desk.ask("source.query", Self.ask, parent: .call(1)).status == .ok)
        #expect(await desk.ask("source.query", Self.ask, parent: .call(2)).status == .ok)
        #expect(await desk.ask("source.query", Self.ask, parent: .call(3)).status == .busy)
        desk.services.parentEnded(1)
        #expect(await desk.ask("source.query", Self.ask, parent: .call(3)).status == .ok)
    }

    @Test(arguments: [(42, PluginStatus.ok), (41, .busy)])
    func `so many bytes may be kept, not one more`(openBytes: Int, second: PluginStatus) async {
        let desk = Self.desk(limits: SourceLimits(pageBytes: 9, openBytes: openBytes))
        #expect(await desk.ask("source.query", Self.ask).status == .ok)
        #expect(await desk.ask("source.query", Self.ask).status == second)
    }

    @Test(arguments: [
        (#"{"next":"0123"}"#, PluginStatus.notFound), ("{}", .invalidArgument), (#"{"next":1}"#, .invalidArgument),
    ])
    func `a handle that is none is told`(body: String, status: PluginStatus) async {
        #expect(await Self.desk(limits: SourceLimits()).ask("source.fetch", body).status == status)
    }
}

import DocumentIndex
import Foundation
import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("What plugins may ask of documents")
struct DocumentServicesTests {
    private final class Reports: Sendable {
        let lines = Mutex<[String]>([])
    }

    private let reports = Reports()

    private func ask(
        _ body: String,
        index: TestIndex,
        operation: String = "documents.search",
        deadline: Deadline = .after(.seconds(60)),
        limits: DocumentLimits = DocumentLimits()
    ) async throws -> (status: PluginStatus, body: JSONValue) {
        let services = DocumentServices(
            library: index.library,
            declared: { [DocumentDeclaration(name: "handbook"), DocumentDeclaration(name: "unbound")] },
            bound: { ["handbook": "docs", "undeclared": "docs"][$0] },
            limits: limits,
            report: { [reports] line in reports.lines.withLock { $0.append(line) } }
        )
        let request = ServiceRequest(operation: operation, body: Array(body.utf8), parent: nil, deadline: deadline)
        let reply = await services.serve(request)
        return (reply.status, try JSONValue(parsing: reply.body))
    }

    private func index() throws -> TestIndex {
        let index = try TestIndex()
        try index.update(
            Dictionary(uniqueKeysWithValues: (0..<30).map { ("d\($0).md", "# Doc \($0)\napple") }),
            addresses: DocumentAddresses(base: "https://docs.example.org")
        )
        return index
    }

    @Test func `passages come with document, section, address, text and score`() async throws {
        let reply = try await ask(#"{"collection": "handbook", "query": "apple 7", "limit": 1}"#, index: index())
        #expect(reply.status == .ok)
        let passage = try #require(reply.body["passages"]?.array?.first)
        #expect(passage["document"] == "d7.md")
        #expect(passage["section"] == "Doc 7")
        #expect(passage["url"] == "https://docs.example.org/d7.html")
        #expect(passage["text"] == "apple")
        #expect(passage["score"]?.double ?? 0 > 0)
    }

    @Test func `nothing found is an answer`() async throws {
        let reply = try await ask(#"{"collection": "handbook", "query": "banana"}"#, index: index())
        #expect(reply.status == .ok)
        #expect(reply.body["passages"]?.array == [])
    }

    @Test(arguments: [
        ("handbook", PluginStatus.ok), ("unbound", .notFound), ("undeclared", .notFound), ("docs", .notFound),
        ("", .invalidArgument),
    ])
    func `only what is declared and bound can be searched`(collection: String, status: PluginStatus) async throws {
        let reply = try await ask(#"{"collection": "\#(collection)", "query": "apple"}"#, index: index())
        #expect(reply.status == status)
    }

    @Test(arguments: [
        (#"{"collection": "handbook"}"#, PluginStatus.invalidArgument),
        (#"{"collection": 1, "query": "x"}"#, .invalidArgument),
        (#"{"collection": "handbook", "query": ""}"#, .invalidArgument), ("[]", .invalidArgument),
        ("{", .invalidArgument),
        (#"{"collection": "handbook", "query": "apple", "limit": 0}"#, .invalidArgument),
        (#"{"collection": "handbook", "query": "apple", "limit": 20}"#, .ok),
        (#"{"collection": "handbook", "query": "apple", "limit": 21}"#, .invalidArgument),
        (#"{"collection": "handbook", "query": "apple", "limit": "many"}"#, .invalidArgument),
    ])
    func `a request must be in order`(body: String, status: PluginStatus) async throws {
        #expect(try await ask(body, index: index()).status == status)
    }

    @Test(arguments: [(16, PluginStatus.ok), (17, .tooLarge)])
    func `a question has a longest length`(length: Int, status: PluginStatus) async throws {
        let question = String(repeating: "x", count: length)
        let limits = DocumentLimits(questionBytes: 16)
        let reply = try await ask(
            #"{"collection": "handbook", "query": "\#(question)"}"#,
            index: index(),
            limits: limits
        )
        #expect(reply.status == status)
    }

    @Test func `documents that are not indexed yet are not found, and are once they are`() async throws {
        let index = try TestIndex()
        let body = #"{"collection": "handbook", "query": "apple"}"#
        #expect(try await ask(body, index: index).status == .notFound)
        try index.update(["a.md": "apple"], in: "another")
        #expect(try await ask(body, index: index).status == .notFound)
        try index.update(["a.md": "apple"])
        #expect(try await ask(body, index: index).status == .ok)
        try index.update(["a.md": "apple", "b.md": "apple"])
        #expect(try await ask(body, index: index).body["passages"]?.array?.count == 2)
    }

    @Test func `an index that cannot be read says so to the operator alone`() async throws {
        let index = try TestIndex()
        try String(repeating: "no database ", count: 100)
            .write(toFile: index.path, atomically: false, encoding: .utf8)
        let reply = try await ask(#"{"collection": "handbook", "query": "apple"}"#, index: index)
        #expect(reply.status == .unavailable)
        #expect(reply.body.object?.names == ["message"])
        #expect(reply.body["message"] == "The documents cannot be searched now.")
        #expect(reports.lines.withLock { $0.count } == 1)
    }

    @Test func `late and other questions are refused`() async throws {
        let body = #"{"collection": "handbook", "query": "apple"}"#
        #expect(try await ask(body, index: index(), deadline: .after(.zero)).status == .timeout)
        #expect(try await ask(body, index: index(), operation: "documents.write").status == .unsupported)
        for (milliseconds, status) in [(0, PluginStatus.timeout), (-1, .timeout), (60_000, .ok), (Int.max, .ok)] {
            let body = #"{"collection": "handbook", "query": "apple", "timeout_ms": \#(milliseconds)}"#
            #expect(try await ask(body, index: index()).status == status)
        }
    }
}

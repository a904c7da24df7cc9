import Catalog
import GatewayCore
import JSON
import MCPModel
import Synchronization
import Testing

@Suite("beamline_verify_provenance")
struct VerifyProvenanceTests {
    /// Knows one result of one caller.
    private final class Keeper: ProvenanceKeeping {
        let id = ProvenanceID()
        let asked = Mutex<[[String]]>([])
        let holdsValue: Bool?
        let isBroken: Bool

        init(holdsValue: Bool? = nil, isBroken: Bool = false) {
            self.holdsValue = holdsValue
            self.isBroken = isBroken
        }

        func keep(_ answer: AnsweredCall) {}

        func finding(_ id: ProvenanceID, of principal: Principal, values: [String]) async -> ProvenanceFinding {
            asked.withLock { $0.append(values) }
            guard !isBroken else { return .unavailable }
            guard id == self.id, principal == alice else { return .unknown }
            return .known(
                KnownResult(
                    requestID: "r1",
                    kind: "tool",
                    namespace: "epic",
                    name: "panda_list_jobs",
                    answeredAt: "2026-11-29T01:00:00.000Z",
                    argumentsDigest: "aa",
                    resultDigest: String(repeating: "0a", count: 32),
                    resultBytes: 17,
                    isError: false,
                    holdsValue: holdsValue
                )
            )
        }
    }

    private let name = "beamline_verify_provenance"

    private func catalog(_ keeper: Keeper?) -> Catalog {
        Catalog(
            CatalogSnapshot([contribution("epic", [tool("panda_list_jobs"), tool("study_job"), tool("list_tasks")])]),
            policy: RolePolicy(),
            pageSize: 2,
            provenance: keeper
        )
    }

    private func ask(
        _ keeper: Keeper,
        _ further: String = "",
        id: String? = nil,
        by principal: Principal = alice
    ) async throws -> ProviderReply {
        let arguments = #"{"id":"\#(id ?? keeper.id.description)"\#(further)}"#
        let route = try #require(catalog(keeper).route(toTool: name, in: epic))
        let document = try JSONDocument(parsing: Array(arguments.utf8))
        guard route.input.violations(in: document.root, limit: 9).isEmpty else {
            return .failure(GatewayError(.invalidArgument, "schema"))
        }
        return await route.provider.call(
            ProviderCall(
                requestID: RequestID(),
                tool: route.item.localName,
                arguments: document.root.bytes,
                principal: principal,
                viewPath: epic.path,
                deadline: .after(.seconds(10)),
                budgetBytes: 1024
            )
        )
    }

    private func answer(_ reply: ProviderReply) throws -> JSONValue? {
        guard case .result(let result) = reply else { return nil }
        return try JSONValue(parsing: result.structured)
    }

    private func error(_ reply: ProviderReply) -> GatewayError? {
        guard case .failure(let error) = reply else { return nil }
        return error
    }

    @Test func `tells the call a result came from`() async throws {
        let known = try #require(try answer(await ask(Keeper())))
        #expect(known["tool"] == "epic_panda_list_jobs" && known["answered_at"] == "2026-11-29T01:00:00.000Z")
        #expect(known["arguments_sha256"] == "aa" && known["result_bytes"] == 17 && known["request_id"] == "r1")
        #expect(known["sha256_matches"] == nil && known["value_occurs"] == nil)
    }

    @Test(arguments: [(String(repeating: "0a", count: 32), true), (String(repeating: "0b", count: 32), false)])
    func `compares a digest`(digest: String, matches: Bool) async throws {
        let known = try answer(await ask(Keeper(), #","sha256":"\#(digest)""#))
        #expect(known?["sha256_matches"] == .bool(matches))
    }

    @Test(arguments: [(Bool?.some(true), "yes"), (false, "no"), (nil, "unknown")])
    func `tells whether a value occurs`(holds: Bool?, word: String) async throws {
        let known = try answer(await ask(Keeper(holdsValue: holds), #","value":7"#))
        #expect(known?["value_occurs"] == .string(word))
    }

    @Test(
        arguments: [
            (#""BNL""#, ["BNL"]), ("38512", ["38512"]), ("1e2", ["100"]), (#""1e2""#, ["1e2", "100"]),
            (#""38512""#, ["38512"]), ("true", ["true"]), (#""null""#, ["null"]),
        ] as [(String, [String])]
    )
    func `looks for a value in the forms in which it may stand`(value: String, forms: [String]) async throws {
        let keeper = Keeper()
        _ = try await ask(keeper, #","value":\#(value)"#)
        #expect(keeper.asked.withLock { $0 } == [forms])
    }

    @Test func `somebody else's result is answered as one that never was, to the byte`() async throws {
        let keeper = Keeper()
        let others = error(try await ask(keeper, by: Principal(issuer: "i", subject: "bob")))
        let unknown = error(try await ask(keeper, id: ProvenanceID().description))
        #expect(others?.code == .notFound && others == unknown)
        #expect(error(try await ask(Keeper(isBroken: true)))?.code == .unavailable)
    }

    @Test(
        arguments: [
            #","sha256":"x""#, #","sha256":7"#, #","value":[1]"#, #","value":{}"#, #","valeu":1"#,
        ]
    )
    func `bad arguments are refused`(further: String) async throws {
        #expect(error(try await ask(Keeper(), further))?.code == .invalidArgument)
    }

    @Test(arguments: ["", "7", "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdef0"])
    func `an id that is none is refused`(id: String) async throws {
        #expect(error(try await ask(Keeper(), id: id))?.code == .invalidArgument)
    }

    @Test func `it is listed last in every view in which there is anything, when anybody keeps results`() throws {
        let catalog = catalog(Keeper())
        for view in [everything, epic] {
            let first = try catalog.tools(in: view, for: alice, form: .full, after: nil)
            #expect(try names(first).contains(name) == false)
            let last = try catalog.tools(in: view, for: alice, form: .full, after: first.nextCursor)
            #expect(try names(last).last == name && last.nextCursor == nil)
        }
        let nobody = Principal(issuer: "i", subject: "s", roles: ["nothing"])
        #expect(try names(catalog.tools(in: epic, for: nobody, form: .full, after: nil)) == [])
        let searched = View(path: "/s", namespaces: nil, isPrefixed: true, listing: .search)
        #expect(try names(catalog.tools(in: searched, for: alice, form: .full, after: nil)).count == 4)
        let without = self.catalog(nil)
        #expect(without.route(toTool: name, in: epic) == nil)
        #expect(try names(without.tools(in: searched, for: alice, form: .full, after: nil)).count == 3)
    }
}

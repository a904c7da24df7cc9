import Catalog
import GatewayCore
import JSON
import MCPModel
import Testing

@Suite("The gateway's own tools")
struct GatewayToolTests {
    private let searched = View(path: "/s", namespaces: nil, isPrefixed: true, listing: .search)
    private let bare = View(path: "/s/epic", namespaces: ["epic"], isPrefixed: false, listing: .search)
    private let catalog = Catalog(
        CatalogSnapshot([
            CatalogContribution(
                namespace: "epic",
                title: "Electron-proton collisions",
                source: "a.so",
                tools: [
                    ToolDescription(
                        localName: "list_jobs",
                        title: "List jobs",
                        description: "Jobs of a time window. " + String(repeating: "More about it. ", count: 40),
                        inputSchema: ["type": "object"],
                        outputSchema: ["type": "array"],
                        annotations: ["readOnlyHint": true]
                    ), tool("kill_job"), tool("secret_jobs"),
                ],
                provider: NoProvider()
            ), contribution("rubin", [tool("list_runs"), tool("list_jobs")]),
        ]),
        policy: RolePolicy()
    )
    /// May see everything but the secret.
    private let bob = Principal(issuer: "i", subject: "bob", roles: ["list_jobs", "kill_job", "list_runs"])

    private func call(
        _ name: String,
        _ arguments: JSONValue,
        in view: View? = nil,
        by principal: Principal? = nil,
        form: ToolForm = .full
    ) async throws -> ProviderReply {
        let view = view ?? searched
        let route = try #require(catalog.route(toTool: name, in: view))
        let document = try JSONDocument(parsing: arguments.serialized)
        #expect(route.input.violations(in: document.root, limit: 1).isEmpty)
        return await route.provider.call(
            ProviderCall(
                requestID: RequestID(),
                tool: route.item.localName,
                arguments: document.root.bytes,
                principal: principal ?? bob,
                viewPath: view.path,
                deadline: .after(.seconds(10)),
                budgetBytes: 1024,
                form: form
            )
        )
    }

    private func find(
        _ query: String,
        namespace: String? = nil,
        in view: View? = nil,
        by principal: Principal? = nil
    ) async throws -> JSONValue {
        var arguments = JSONObject()
        arguments["query"] = .string(query)
        arguments["namespace"] = namespace.map(JSONValue.string)
        guard
            case .result(let result) = try await call(
                "beamline_find_tools",
                .object(arguments),
                in: view,
                by: principal
            )
        else { throw Missing() }
        return try JSONValue(parsing: result.structured)
    }

    private struct Missing: Error {}

    private func names(_ answer: JSONValue) -> [String] {
        answer["items"]?.array?.compactMap { $0["name"]?.string } ?? []
    }

    private func error(_ reply: ProviderReply) -> GatewayError? {
        guard case .failure(let error) = reply else { return nil }
        return error
    }

    @Test func `a search answers with a list whose items say what a model needs`() async throws {
        let answer = try await find("list jobs of electron collisions")
        #expect(names(answer).first == "epic_list_jobs")
        #expect(Set(names(answer)) == ["epic_list_jobs", "rubin_list_jobs", "rubin_list_runs", "epic_kill_job"])
        let first = try #require(answer["items"]?.array?.first)
        #expect(first["title"] == "List jobs")
        #expect(first["namespace"] == "epic")
        #expect(first["read_only"] == true)
        #expect(first["score"]?.double ?? 0 > 0)
        let text = try #require(first["description"]?.string)
        #expect(text.hasPrefix("Jobs of a time window. More") && text.count <= 240)
        #expect(answer["total_count"] == 4)
        #expect(answer["has_more"] == false)
        #expect(answer["monitor_urls"] == [])
        #expect(answer["hint"] == nil)
        let schema = try JSONSchema(compiling: outputSchema(of: "beamline_find_tools"))
        #expect(schema.violations(in: try JSONDocument(parsing: answer.serialized).root, limit: 9).isEmpty)
    }

    private func outputSchema(of name: String) throws -> JSONValue {
        let page = try catalog.tools(in: searched, for: bob, form: .full, after: nil)
        let tools = try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array ?? []
        return try #require(tools.first { $0["name"]?.string == name }?["outputSchema"])
    }

    @Test func `a search is of the view, under its names`() async throws {
        #expect(names(try await find("jobs", in: bare)) == ["list_jobs", "kill_job"])
        #expect(names(try await find("jobs", namespace: "rubin")) == ["rubin_list_jobs"])
        #expect(names(try await find("jobs", namespace: "epic", in: bare)) == ["list_jobs", "kill_job"])
    }

    @Test func `a search that finds nothing says what to do`() async throws {
        let answer = try await find("zyzzyva")
        #expect(answer["items"] == [] && answer["total_count"] == 0 && answer["has_more"] == false)
        #expect(answer["hint"]?.string?.isEmpty == false)
    }

    @Test func `eight are shown unless more are asked for`() async throws {
        let many = Catalog(
            CatalogSnapshot([contribution("epic", (0..<40).map { tool("job_\($0)") })]),
            policy: RolePolicy()
        )
        for (arguments, count) in [
            (#"{"query":"job"}"#, 8), (#"{"query":"job","limit":25}"#, 25), (#"{"query":"job","limit":null}"#, 8),
        ] {
            let route = try #require(many.route(toTool: "beamline_find_tools", in: searched))
            let reply = await route.provider.call(
                ProviderCall(
                    requestID: RequestID(),
                    tool: "find_tools",
                    arguments: Array(arguments.utf8)[...],
                    principal: alice,
                    viewPath: "/s",
                    deadline: .after(.seconds(10)),
                    budgetBytes: 1024
                )
            )
            guard case .result(let result) = reply else { throw Missing() }
            let answer = try JSONValue(parsing: result.structured)
            #expect(names(answer).count == count)
            #expect(answer["has_more"] == true && answer["total_count"] == 40)
        }
        let route = try #require(many.route(toTool: "beamline_find_tools", in: searched))
        for arguments in [#"{"query":"job","limit":26}"#, #"{"query":"job","limit":0}"#, #"{"query":""}"#, "{}"] {
            let document = try JSONDocument(parsing: Array(arguments.utf8))
            #expect(!route.input.violations(in: document.root, limit: 1).isEmpty)
        }
    }

    @Test func `a hidden tool is not found, nor counted, nor described`() async throws {
        #expect(!names(try await find("secret jobs")).contains("epic_secret_jobs"))
        #expect(names(try await find("secret jobs", by: alice)).first == "epic_secret_jobs")
        let without = Catalog(
            CatalogSnapshot([contribution("epic", [tool("list_jobs"), tool("kill_job")])]),
            policy: RolePolicy()
        )
        let with = Catalog(
            CatalogSnapshot([contribution("epic", [tool("list_jobs"), tool("kill_job"), tool("secret_jobs")])]),
            policy: RolePolicy()
        )
        var answers: [[UInt8]] = []
        for catalog in [without, with] {
            let route = try #require(catalog.route(toTool: "beamline_find_tools", in: searched))
            let reply = await route.provider.call(
                ProviderCall(
                    requestID: RequestID(),
                    tool: "find_tools",
                    arguments: Array(#"{"query":"secret jobs to kill"}"#.utf8)[...],
                    principal: bob,
                    viewPath: "/s",
                    deadline: .after(.seconds(10)),
                    budgetBytes: 1024
                )
            )
            guard case .result(let result) = reply else { throw Missing() }
            answers.append(result.structured)
        }
        #expect(answers[0] == answers[1], "not even the scores know of it")
        let hidden = error(try await call("beamline_describe_tool", ["name": "epic_secret_jobs"]))
        let unknown = error(try await call("beamline_describe_tool", ["name": "epic_nothing"]))
        #expect(hidden != nil && hidden == unknown)
        #expect(hidden?.code == .notFound)
    }

    @Test func `a namespace of which nothing is to be seen is like none`() async throws {
        let onlyRubin = Principal(issuer: "i", subject: "s", roles: ["list_runs"])
        let arguments: (String) -> JSONValue = { ["query": "jobs", "namespace": .string($0)] }
        let hidden = error(try await call("beamline_find_tools", arguments("epic"), by: onlyRubin))
        let unknown = error(try await call("beamline_find_tools", arguments("nowhere"), by: onlyRubin))
        #expect(hidden != nil && hidden == unknown)
        #expect(hidden?.hint?.contains("rubin") == true && hidden?.hint?.contains("epic") == false)
    }

    @Test(arguments: ToolForm.allCases)
    func `a description is what a list shows in the same form`(form: ToolForm) async throws {
        for (view, name) in [(searched, "epic_list_jobs"), (bare, "list_jobs")] {
            let all = View(
                path: "/all" + view.path,
                namespaces: view.namespaces,
                isPrefixed: view.isPrefixed,
                listing: .all
            )
            let page = try catalog.tools(in: all, for: bob, form: form, after: nil)
            let tools = try JSONValue(parsing: Array("[".utf8) + page.definitions + Array("]".utf8)).array ?? []
            let reply = try await call("beamline_describe_tool", ["name": .string(name)], in: view, form: form)
            guard case .result(let result) = reply else { throw Missing() }
            #expect(try JSONValue(parsing: result.structured) == tools.first { $0["name"]?.string == name })
        }
    }

    @Test func `another snapshot is searched at once`() async throws {
        #expect(names(try await find("luminosity", by: alice)) == [])
        catalog.replace(with: CatalogSnapshot([contribution("epic", [tool("luminosity")])]))
        #expect(names(try await find("luminosity", by: alice)) == ["epic_luminosity"])
    }

    @Test func `a plugin's tool cannot have a name of the gateway's own`() {
        let snapshot = CatalogSnapshot([contribution("epic", [tool("beamline_find_tools"), tool("beamline")])])
        #expect(snapshot.refusals.map(\.reason) == [.nameReserved])
        #expect(snapshot.toolCount == 1)
    }
}

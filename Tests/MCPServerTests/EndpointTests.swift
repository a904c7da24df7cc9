import Catalog
import GatewayCore
import HTTPServer
import JSON
import MCPModel
import MCPServer
import Testing

@Suite("Endpoint")
struct EndpointTests {
    private static let initialize = """
        {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}
        """
    private let gateway = Gateway()

    private static func call(_ tool: String, subject: String = "alice") -> (body: String, fields: [String: String]) {
        let meta = """
            {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}
            """
        let params = #"{"name":"\#(tool)","_meta":\#(meta)}"#
        return (
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#,
            [
                "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": tool,
                "Authorization": "Bearer \(subject)",
            ]
        )
    }

    @Test func `a hidden tool and an unknown one are answered alike to the byte`() async throws {
        let hidden = Self.call("epic_secret")
        let unknown = Self.call("epic_nonsns")
        let first = try await gateway.send(hidden.body, hidden.fields)
        let second = try await gateway.send(unknown.body, unknown.fields)
        #expect(first.status == second.status)
        #expect(first.headers == second.headers)
        let replaced = String(decoding: first.content, as: UTF8.self).replacing("epic_secret", with: "epic_nonsns")
        #expect(replaced == String(decoding: second.content, as: UTF8.self))
        let allowed = Self.call("epic_secret", subject: "root")
        #expect(try await gateway.send(allowed.body, allowed.fields).json?["result"] != nil)
    }

    @Test func `a long name is not repeated whole`() async throws {
        let call = Self.call(String(repeating: "x", count: 500))
        let name = try await gateway.send(call.body, call.fields).json?["error"]?["data"]?["name"]?.string
        #expect(name == String(repeating: "x", count: 128))
    }

    @Test(arguments: [(64, -32600), (63, -32600), (2, -32600)])
    func `nesting is limited`(limit: Int, code: Int) async throws {
        let gateway = Gateway(limits: JSONLimits(depth: limit))
        let over = String(repeating: "[", count: limit + 1) + String(repeating: "]", count: limit + 1)
        let response = try await gateway.send(over)
        #expect(response.status == 400)
        #expect(response.json?["error"]?["code"] == .integer(code))
        let message = response.json?["error"]?["message"]?.string
        #expect(message == "Unacceptable message: nested deeper than \(limit) levels at byte \(limit).")
    }

    @Test func `nesting at the limit is read`() async throws {
        let gateway = Gateway(limits: JSONLimits(depth: 3))
        let message = #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":{}}}"#
        let error = try await gateway.send(message).json?["error"]?["message"]
        #expect(error == "One header field Mcp-Session-Id is needed. Begin with initialize.")
    }

    @Test func `pages of this machine are served on loopback only`() async throws {
        let local = Gateway(isOnLoopback: true)
        let body = Self.initialize
        for origin in ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:8080"] {
            #expect(try await local.send(body, ["Origin": origin]).status == 200)
            #expect(try await gateway.send(body, ["Origin": origin]).status == 403)
        }
        for origin in ["http://localhost.evil.example.com", "ftp://localhost", "http://localhost:x"] {
            #expect(try await local.send(body, ["Origin": origin]).status == 403)
        }
    }

    @Test func `what was turned away is reported to the operator`() async throws {
        _ = try await gateway.send(Self.initialize, ["Host": "evil.example.com"])
        _ = try await gateway.send(Self.initialize, ["Origin": "https://evil.example.com"])
        _ = try await gateway.send(Self.initialize, ["Authorization": "Bearer expired"])
        #expect(gateway.failures.reasons == [.host, .origin, .token(.expired)])
    }

    @Test func `no more sessions than the limit`() async throws {
        let gateway = Gateway(sessionLimits: .init(sessions: 2))
        #expect(try await gateway.send(Self.initialize).status == 200)
        #expect(try await gateway.send(Self.initialize).status == 200)
        let refused = try await gateway.send(Self.initialize)
        #expect(refused.status == 503)
        #expect(refused.field("Retry-After") == "60")
        #expect(refused.field("Mcp-Session-Id") == nil)
        #expect(gateway.failures.reasons == [.sessionLimit])
        gateway.clock.advance(by: .seconds(30 * 60))
        #expect(try await gateway.send(Self.initialize).status == 200)
        #expect(gateway.sessions.count == 1)
    }

    @Test func `a session ends when it was not used for long`() async throws {
        let id = try #require(try await gateway.send(Self.initialize).field("Mcp-Session-Id"))
        #expect(id.count == 32)
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        gateway.clock.advance(by: .seconds(30 * 60 - 1))
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": id]).status == 200)
        gateway.clock.advance(by: .seconds(30 * 60 - 1))
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": id]).status == 200)
        gateway.clock.advance(by: .seconds(30 * 60))
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": id]).status == 404)
        #expect(gateway.sessions.count == 0)
    }

    @Test func `one caller's sessions do not crowd out the others`() async throws {
        let gateway = Gateway(sessionLimits: .init(sessions: 3, sessionsPerOwner: 2))
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        var ids: [String] = []
        for _ in 0..<3 {
            gateway.clock.advance(by: .seconds(1))
            ids.append(try #require(try await gateway.send(Self.initialize).field("Mcp-Session-Id")))
        }
        #expect(Set(ids).count == 3)
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": ids[0]]).status == 404)
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": ids[1]]).status == 200)
        #expect(try await gateway.send(ping, ["Mcp-Session-Id": ids[2]]).status == 200)
        #expect(try await gateway.send(Self.initialize, ["Authorization": "Bearer bob"]).status == 200)
    }

    @Test func `a cursor ends with the catalog it was cut from`() async throws {
        let fields = ["Mcp-Session-Id": try #require(try await gateway.send(Self.initialize).field("Mcp-Session-Id"))]
        let list = #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#
        let cursor = try #require(try await gateway.send(list, fields).json?["result"]?["nextCursor"]?.string)
        gateway.catalog.replace(with: .init([]))
        let next = #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"\#(cursor)"}}"#
        let error = try await gateway.send(next, fields).json?["error"]
        #expect(error == ["code": -32602, "message": "The list has changed since. Ask for the list without a cursor."])
    }

    @Test func `instructions name what the caller sees`() async throws {
        let instructions = try await gateway.send(Self.initialize).json?["result"]?["instructions"]
        let lines = instructions?.string?.split(separator: "\n")
        #expect(lines?.dropFirst() == ["- atlas", "- epic: The ePIC experiment"])
        gateway.catalog.replace(with: .init([]))
        #expect(try await gateway.send(Self.initialize).json?["result"]?["instructions"] == nil)
    }

    @Test func `experiments that do not fit are left out of the instructions`() async throws {
        let whole = 105
        for (limit, expected) in [(whole, true), (whole - 1, false)] {
            let gateway = Gateway(maximumInstructions: limit)
            let text = try await gateway.send(Self.initialize).json?["result"]?["instructions"]?.string
            #expect(text?.hasSuffix("ePIC experiment") == expected)
            #expect((text?.utf8.count ?? 0) <= limit)
        }
    }

    @Test func `a message may be as long as the limit`() async throws {
        let size = Self.initialize.utf8.count
        #expect(try await Gateway(limits: JSONLimits(bytes: size)).send(Self.initialize).status == 200)
        let response = try await Gateway(limits: JSONLimits(bytes: size - 1)).send(Self.initialize)
        #expect(response.status == 400)
        #expect(response.json?["error"]?["code"] == -32600)
    }

    @Test func `a view at the root takes no other path`() async throws {
        let gateway = Gateway(views: [View(path: "/", namespaces: nil, isPrefixed: true)])
        #expect(try await gateway.send(Self.initialize, path: "/").status == 200)
        #expect(try await gateway.send(Self.initialize, path: "/gw").status == 200)
        #expect(try await gateway.send(Self.initialize, path: "/nothing").status == 404)
    }

    @Test func `an unknown tool is noted without its name`() async throws {
        let call = Self.call("epic_secret")
        _ = try await gateway.send(call.body, call.fields)
        #expect(gateway.audit.events.map(\.item) == [nil])
        #expect(gateway.audit.events.map(\.outcome) == [.unknownItem])
    }
}

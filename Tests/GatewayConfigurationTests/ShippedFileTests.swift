import GatewayConfiguration
import GatewayCore
import JSON
import Testing

@Suite("The shipped configuration and the reference")
struct ShippedFileTests {
    private static func properties(_ path: String...) -> JSONObject {
        var schema: JSONValue? = ConfigurationSchema.document
        for key in path { schema = schema?["properties"]?[key] }
        return schema?["properties"]?.object ?? JSONObject()
    }

    /// Every key of every mapping of a schema.
    private static func keys(_ schema: JSONValue) -> [String] {
        switch schema {
        case .array(let elements): elements.flatMap(keys)
        case .object(let object):
            object.members.flatMap { member -> [String] in
                guard member.name == "properties", let properties = member.value.object else {
                    return keys(member.value)
                }
                return properties.members.flatMap { [$0.name] + keys($0.value) }
            }
        default: []
        }
    }

    @Test func `the example is a site with three experiments`() throws {
        let configuration = try ConfigurationFile.read(Repository.path("config/beamline.yaml"))
        #expect(configuration.plugins.map(\.namespace) == ["atlas", "epic", "rubin"])
        #expect(configuration.views.map(\.path) == ["/panda", "/swf-monitor/mcp"])
        #expect(
            configuration.issuers[0].roles.map(\.role) == [
                "epic.user", "atlas.user", "atlas.production", "epic.user", "epic.operator", "rubin.user",
            ]
        )
        #expect(configuration.server.admin?.port == 9090)
        let standard = try Files().parse("").limits
        #expect(configuration.limits == standard)
    }

    @Test func `the conformance suite finds the fixture at the usual path, with bare names and without a token`() throws
    {
        let configuration = try ConfigurationFile.read(Repository.path("config/conformance.yaml"))
        #expect(configuration.plugins.map(\.namespace) == ["suite"])
        #expect(configuration.plugins.map(\.library) == ["libConformance.so"])
        let view = try #require(configuration.views.first)
        #expect(configuration.views.count == 1)
        #expect(view.path == "/mcp" && !view.isPrefixed && view.allowsAnonymous && view.listing == .all)
        #expect(configuration.server.host == "127.0.0.1")
    }

    @Test func `the example shows every limit with its default`() throws {
        let text = try Repository.text("config/beamline.yaml")
        let limits = Self.properties("limits")
        #expect(limits.count > 40)
        for limit in limits.members {
            let standard = limit.value["default"].map { $0.string ?? String(decoding: $0.serialized, as: UTF8.self) }
            #expect(text.contains("\(limit.name): \(standard ?? "?")\n"), "\(limit.name): \(standard ?? "?")")
        }
    }

    @Test func `the examples name every key`() throws {
        let names = ["beamline.yaml", "conf.d/atlas.yaml", "conf.d/epic.yaml", "conf.d/rubin.yaml"]
        let text = try names.map { try Repository.text("config/\($0)") }.joined()
        for key in Set(Self.keys(ConfigurationSchema.document)) {
            #expect(text.contains("\(key):"), "\(key)")
        }
    }

    @Test func `the reference has a row for every key`() throws {
        let text = try Repository.text("docs/administration.md")
        let sections = Set(Self.properties().names)
        let inner: Set = ["identity", "groups", "admin", "file", "env"]
        for key in Set(Self.keys(ConfigurationSchema.document)).subtracting(sections).subtracting(inner) {
            #expect(text.contains("| `\(key)` |") || text.contains(".\(key)` |"), "\(key)")
        }
    }

    @Test func `the reference gives every limit its default and its range`() throws {
        let text = try Repository.text("docs/administration.md")
        for limit in Self.properties("limits").members {
            let schema = limit.value
            let row: String
            if let standard = schema["default"]?.integer, let least = schema["minimum"]?.integer,
                let most = schema["maximum"]?.integer
            {
                row = "| `\(limit.name)` | \(standard) | \(least) to \(most) |"
            } else {
                let bounds = schema["description"]?.string?.split(separator: "; from ").last ?? "?"
                row = "| `\(limit.name)` | \(schema["default"]?.string ?? "?") | \(bounds) |"
            }
            #expect(text.contains(row), "\(row)")
        }
    }
}

import GatewayConfiguration
import JSON
import Testing

@Suite("The schema of the configuration")
struct SchemaTests {
    private static let shipped = [
        "config/demo.yaml", "config/beamline.yaml", "config/conf.d/atlas.yaml", "config/conf.d/epic.yaml",
        "config/conf.d/rubin.yaml", "config/bench.yaml", "config/conformance.yaml",
    ]

    private func violations(_ yaml: String) throws -> [String] {
        let value = try ConfigurationFile.json(yaml, file: "x.yaml")
        let schema = try JSONSchema(compiling: ConfigurationSchema.document)
        return schema.violations(in: try JSONDocument(parsing: value.serialized).root).map {
            "\($0.path): \($0.message)"
        }
    }

    @Test func `the schema beside the examples is the program's own`() throws {
        let written = try JSONValue(parsing: Array(Repository.text("config/beamline.schema.json").utf8))
        #expect(written == ConfigurationSchema.document, "run scripts/schema and commit config/beamline.schema.json")
    }

    @Test(arguments: shipped)
    func `what is shipped is valid by it`(file: String) throws {
        // The demonstration's script fills these words in.
        let text = try Repository.text(file).replacing("@PORT@", with: "8080").replacing("@REPLAY@", with: "8081")
            .replacing("@HOME@", with: "/tmp")
        #expect(try violations(text) == [])
    }

    @Test(arguments: [
        "serverr: {}", "server: {port: 70000}", "server: {prot: 1}", "server: 5", "identity: {development: perhaps}",
        "limits: {tool_timeout: 5}", "limits: {list_page: 0}", "sources: {a: {kind: mysql}}", "sources: {a: {path: x}}",
        "sources: {a: {kind: sqlite, path: x, base_url: y}}", "plugins: {epic: {}}", "plugins: {E: {library: x}}",
        "plugins: {epic: {library: x, isolation: none}}", "views: [{path: /x, listing: some}]", "views: [{}]",
        "sources: {a: {kind: postgresql, host: h, database: d, user: u, password: written}}",
        "issuers: {a: {issuer: x, algorithms: [HS256]}}", "include: [{path: x}]", "roles: [{group: x, role: y}]",
    ])
    func `what the program refuses is not valid by it`(yaml: String) throws {
        #expect(try !violations(yaml).isEmpty)
        #expect(!Files().faults(yaml).isEmpty)
    }
}

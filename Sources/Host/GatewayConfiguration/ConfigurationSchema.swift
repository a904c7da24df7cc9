package import JSON

/// The JSON Schema of the configuration, for editors and for sites that check files before they are rolled out.
package enum ConfigurationSchema {
    /// The schema; an included file is valid by it too.
    package static var document: JSONValue {
        guard case .object(let table) = ConfigurationKeys.main.schema(Configuration()) else { return [:] }
        let head: [JSONObject.Member] = [
            .init(name: "$schema", value: "https://json-schema.org/draft/2020-12/schema"),
            .init(name: "title", value: "Configuration of Beamline"),
        ]
        let definitions = JSONObject.Member(name: "$defs", value: ["secret": SchemaText.secret])
        return .object(JSONObject(members: head + table.members + [definitions]))
    }
}

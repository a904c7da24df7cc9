import JSON

/// All keys of one mapping.
struct KeyTable<Settings> {
    let keys: [SettingKey<Settings>]

    init(_ keys: [SettingKey<Settings>]) {
        self.keys = keys
    }

    /// Reads every key over the defaults given; other keys are faults.
    func read(_ reader: SettingsReader, over defaults: Settings) -> Settings {
        var settings = defaults
        for key in keys { key.read(reader, &settings) }
        reader.finish()
        return settings
    }

    /// The schema of the mapping.
    func schema(_ defaults: Settings, meaning: String? = nil) -> JSONValue {
        var members: [JSONObject.Member] = []
        if let meaning { members.append(.init(name: "description", value: .string(meaning))) }
        members.append(.init(name: "type", value: "object"))
        members.append(.init(name: "properties", value: .object(properties(defaults))))
        let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(.init(name: "required", value: .array(required))) }
        members.append(.init(name: "additionalProperties", value: false))
        return .object(JSONObject(members: members))
    }

    func differences(_ running: Settings, _ wanted: Settings) -> [SettingDifference] {
        keys.flatMap { $0.differences(running, wanted) }
    }

    func hold(_ running: Settings, _ wanted: inout Settings) {
        for key in keys { key.hold(running, &wanted) }
    }

    private func properties(_ defaults: Settings) -> JSONObject {
        JSONObject(members: keys.map { .init(name: $0.name, value: $0.schema(defaults)) })
    }
}

import JSON

/// One key of a mapping: how it is read, what the schema says of it, and whether a running gateway can take it over.
///
/// Reading, JSON Schema and reload all come from this one description, so they cannot disagree.
struct SettingKey<Settings> {
    let name: String
    let isRequired: Bool
    /// The schema of the value; the settings give the default.
    let schema: (Settings) -> JSONValue
    /// Reads the value, or leaves the default.
    let read: (SettingsReader, inout Settings) -> Void
    /// What differs between the running settings and the wanted ones.
    let differences: (_ running: Settings, _ wanted: Settings) -> [SettingDifference]
    /// Puts what only a new start can change back to what is running.
    let hold: (_ running: Settings, _ wanted: inout Settings) -> Void

    init(
        _ name: String,
        isRequired: Bool = false,
        schema: @escaping (Settings) -> JSONValue,
        read: @escaping (SettingsReader, inout Settings) -> Void,
        differences: @escaping (_ running: Settings, _ wanted: Settings) -> [SettingDifference],
        hold: @escaping (_ running: Settings, _ wanted: inout Settings) -> Void
    ) {
        self.name = name
        self.isRequired = isRequired
        self.schema = schema
        self.read = read
        self.differences = differences
        self.hold = hold
    }

    /// A key whose value changes as a whole.
    init<Value: Equatable>(
        _ name: String,
        _ path: WritableKeyPath<Settings, Value>,
        isRequired: Bool = false,
        takes effect: Effect,
        schema: @escaping (Value) -> JSONValue,
        read: @escaping (SettingsReader, Value) -> Value
    ) {
        self.init(
            name,
            isRequired: isRequired,
            schema: { schema($0[keyPath: path]) },
            read: { reader, settings in settings[keyPath: path] = read(reader, settings[keyPath: path]) },
            differences: { running, wanted in
                guard running[keyPath: path] != wanted[keyPath: path] else { return [] }
                return [SettingDifference(path: name, isReloadable: effect == .atOnce)]
            },
            hold: { running, wanted in
                if effect == .atStart { wanted[keyPath: path] = running[keyPath: path] }
            }
        )
    }
}

/// When a new value of a key counts.
enum Effect {
    /// With the next reload.
    case atOnce
    /// With the next start.
    case atStart
}

/// A key whose value in the file is not the running one.
struct SettingDifference: Hashable {
    /// The keys from the top, joined by dots; empty for the whole.
    let path: String
    let isReloadable: Bool

    func inside(_ key: String) -> SettingDifference {
        SettingDifference(path: path.isEmpty ? key : "\(key).\(path)", isReloadable: isReloadable)
    }
}

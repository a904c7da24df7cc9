import JSON

/// The kinds of value that hold several.
extension SettingKey {
    static func texts(
        _ name: String,
        _ path: WritableKeyPath<Settings, [String]>,
        isRequired: Bool = false,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, isRequired: isRequired, takes: effect) { standard in
            SchemaText.texts(meaning, default: standard)
        } read: { reader, standard in
            let texts = reader.strings(name)
            return texts.isEmpty ? standard : texts
        }
    }

    /// Some of the words that another target knows as values.
    static func words(
        _ name: String,
        _ path: WritableKeyPath<Settings, [String]>,
        of words: [String],
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.texts(
                meaning,
                of: ["type": "string", "enum": SchemaText.words(words)],
                default: standard
            )
        } read: { reader, standard in
            let chosen = reader.words(name, of: words)
            return chosen.isEmpty ? standard : chosen
        }
    }

    /// Paths of claims, each one name or a list of names from the outside in.
    static func claimPaths(
        _ name: String,
        _ path: WritableKeyPath<Settings, [[String]]>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.texts(
                meaning,
                of: ["anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]],
                default: []
            )
        } read: { reader, standard in
            let paths = reader.claimPaths(name)
            return paths.isEmpty ? standard : paths
        }
    }

    static func textMap(
        _ name: String,
        _ path: WritableKeyPath<Settings, [String: String]>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value("object", meaning, [("additionalProperties", ["type": "string"])])
        } read: { reader, _ in
            reader.texts(name)
        }
    }

    /// A mapping to texts or references to secrets.
    static func secretMap(
        _ name: String,
        _ path: WritableKeyPath<Settings, [String: SettingValue]>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value(
                "object",
                meaning,
                [("additionalProperties", ["anyOf": [["type": "string"], SchemaText.secret]])]
            )
        } read: { reader, _ in
            reader.settingValues(name)
        }
    }

    /// A secret, which is always a reference.
    static func secret(
        _ name: String,
        _ path: WritableKeyPath<Settings, SettingValue?>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.object([("description", .string(meaning)), ("$ref", "#/$defs/secret")])
        } read: { reader, _ in
            reader.secret(name)
        }
    }

    /// A mapping that is passed on as JSON text.
    static func json(
        _ name: String,
        _ path: WritableKeyPath<Settings, [UInt8]>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value("object", meaning)
        } read: { reader, _ in
            reader.json(name)
        }
    }
}

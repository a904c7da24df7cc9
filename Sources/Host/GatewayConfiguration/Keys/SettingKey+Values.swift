import JSON

/// The kinds of value that stand for themselves.
extension SettingKey {
    static func text(
        _ name: String,
        _ path: WritableKeyPath<Settings, String>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.value("string", meaning, standard.isEmpty ? [] : [("default", .string(standard))])
        } read: { reader, standard in
            reader.string(name) ?? standard
        }
    }

    static func neededText(
        _ name: String,
        _ path: WritableKeyPath<Settings, String>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, isRequired: true, takes: effect) { _ in
            SchemaText.value("string", meaning, [("minLength", 1)])
        } read: { reader, _ in
            reader.requiredString(name)
        }
    }

    static func optionalText(
        _ name: String,
        _ path: WritableKeyPath<Settings, String?>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            SchemaText.value("string", meaning)
        } read: { reader, standard in
            reader.string(name) ?? standard
        }
    }

    static func integer(
        _ name: String,
        _ path: WritableKeyPath<Settings, Int>,
        _ range: ClosedRange<Int>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.value(
                "integer",
                meaning,
                [
                    ("minimum", .integer(range.lowerBound)), ("maximum", .integer(range.upperBound)),
                    ("default", .integer(standard)),
                ]
            )
        } read: { reader, standard in
            reader.integer(name, in: range, default: standard)
        }
    }

    static func time(
        _ name: String,
        _ path: WritableKeyPath<Settings, Duration>,
        _ range: ClosedRange<Duration>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            let bounds = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
            return SchemaText.value(
                "string",
                "\(meaning); from \(bounds)",
                [("pattern", SchemaText.time), ("default", .string(DurationText.format(standard)))]
            )
        } read: { reader, standard in
            reader.duration(name, in: range, default: standard)
        }
    }

    static func bool(
        _ name: String,
        _ path: WritableKeyPath<Settings, Bool>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.value("boolean", meaning, [("default", .bool(standard))])
        } read: { reader, standard in
            reader.bool(name, default: standard)
        }
    }

    static func choice<Value: RawRepresentable & CaseIterable & Equatable>(
        _ name: String,
        _ path: WritableKeyPath<Settings, Value>,
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey where Value.RawValue == String {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.value(
                "string",
                meaning,
                [("enum", SchemaText.words(Value.allCases.map(\.rawValue))), ("default", .string(standard.rawValue))]
            )
        } read: { reader, standard in
            reader.choice(name, default: standard)
        }
    }

    /// One of the words that another target knows as values.
    static func word(
        _ name: String,
        _ path: WritableKeyPath<Settings, String>,
        of words: [String],
        takes effect: Effect = .atOnce,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { standard in
            SchemaText.value("string", meaning, [("enum", SchemaText.words(words)), ("default", .string(standard))])
        } read: { reader, standard in
            reader.word(name, of: words, default: standard)
        }
    }
}

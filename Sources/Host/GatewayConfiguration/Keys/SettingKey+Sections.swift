import JSON

/// The kinds of value that have keys of their own.
extension SettingKey {
    /// A mapping that is there with its defaults when the file says nothing.
    static func section<Child>(
        _ name: String,
        _ path: WritableKeyPath<Settings, Child>,
        _ table: KeyTable<Child>,
        placedAt place: WritableKeyPath<Child, ConfigurationPlace>? = nil,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(
            name,
            schema: { table.schema($0[keyPath: path], meaning: meaning) },
            read: { reader, settings in
                guard let section = reader.section(name) else { return }
                settings[keyPath: path] = table.read(section, over: settings[keyPath: path])
                if let place { settings[keyPath: path][keyPath: place] = section.place }
            },
            differences: { running, wanted in
                table.differences(running[keyPath: path], wanted[keyPath: path]).map { $0.inside(name) }
            },
            hold: { running, wanted in table.hold(running[keyPath: path], &wanted[keyPath: path]) }
        )
    }

    /// A mapping whose absence means something.
    static func optionalSection<Child: Equatable>(
        _ name: String,
        _ path: WritableKeyPath<Settings, Child?>,
        _ table: KeyTable<Child>,
        defaults: Child,
        takes effect: Effect,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(name, path, takes: effect) { _ in
            table.schema(defaults, meaning: meaning)
        } read: { reader, standard in
            reader.section(name).map { table.read($0, over: standard ?? defaults) }
        }
    }

    /// A mapping of names the site gives to settings of one kind.
    static func named<Element: Placed>(
        _ name: String,
        _ path: WritableKeyPath<Settings, [Element]>,
        identifiedBy identifier: WritableKeyPath<Element, String>,
        pattern: String? = nil,
        but words: [String] = [],
        element schema: @escaping () -> JSONValue,
        read: @escaping (String, SettingsReader) -> Element?,
        table: KeyTable<Element>? = nil,
        _ meaning: String
    ) -> SettingKey {
        let comparison = NamedComparison(identifier: identifier, table: table)
        return SettingKey(
            name,
            schema: { _ in
                var further: [(String, JSONValue)] = [("additionalProperties", schema())]
                if let pattern { further.append(("propertyNames", ["pattern": .string(pattern)])) }
                return SchemaText.value("object", meaning, further)
            },
            read: { reader, settings in
                settings[keyPath: path] = reader.sections(name, but: words).compactMap { read($0.name, $0.reader) }
            },
            differences: { running, wanted in
                comparison.differences(running[keyPath: path], wanted[keyPath: path]).map { $0.inside(name) }
            },
            hold: { running, wanted in comparison.hold(running[keyPath: path], &wanted[keyPath: path]) }
        )
    }

    /// A list of mappings of one kind.
    static func list<Element: Placed>(
        _ name: String,
        _ path: WritableKeyPath<Settings, [Element]>,
        _ table: KeyTable<Element>,
        element: @escaping (ConfigurationPlace) -> Element,
        _ meaning: String
    ) -> SettingKey {
        SettingKey(
            name,
            schema: { _ in SchemaText.value("array", meaning, [("items", table.schema(element(.nowhere)))]) },
            read: { reader, settings in
                settings[keyPath: path] = reader.list(name).map { table.read($0, over: element($0.place)) }
            },
            differences: { running, wanted in
                running[keyPath: path].elementsEqual(wanted[keyPath: path]) { $0.saysTheSame(as: $1) }
                    ? [] : [SettingDifference(path: name, isReloadable: true)]
            },
            hold: { _, _ in }
        )
    }
}

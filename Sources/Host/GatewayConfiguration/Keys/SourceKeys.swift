import JSON

/// The keys of one of `sources`, by its kind.
enum SourceKeys {
    /// The kinds, in the words of the file.
    enum Kind: String, CaseIterable {
        case sqlite, http, postgresql, stomp, file, plugin
    }

    /// Reads one source; nil, with a fault, when its kind is not known.
    static func read(name: String, _ reader: SettingsReader) -> SourceSettings? {
        guard let kind = reader.kind("kind", of: Kind.self) else { return nil }
        let settings: SourceSettings.Kind =
            switch kind {
            case .sqlite: .sqlite(sqlite.read(reader, over: SQLiteSettings()))
            case .http: .http(http.read(reader, over: HTTPSettings()))
            case .postgresql: .postgresql(postgresql.read(reader, over: PostgreSQLSettings()))
            case .stomp: .stomp(stomp.read(reader, over: StompSettings()))
            case .file: .file(file.read(reader, over: FileSettings()))
            case .plugin: .plugin(plugin.read(reader, over: PluginSourceSettings()))
            }
        return SourceSettings(name: name, kind: settings, place: reader.place)
    }

    /// The schema of one source.
    static var schema: JSONValue {
        [
            "type": "object",
            "required": ["kind"],
            "oneOf": [
                schema(.sqlite, sqlite.schema(SQLiteSettings())),
                schema(.http, http.schema(HTTPSettings())),
                schema(.postgresql, postgresql.schema(PostgreSQLSettings())),
                schema(.stomp, stomp.schema(StompSettings())),
                schema(.file, file.schema(FileSettings())),
                schema(.plugin, plugin.schema(PluginSourceSettings())),
            ],
        ]
    }

    private static func schema(_ kind: Kind, _ table: JSONValue) -> JSONValue {
        guard case .object(let object) = table else { return table }
        return .object(
            JSONObject(
                members: object.members.map { member in
                    guard member.name == "properties", case .object(let properties) = member.value else {
                        return member
                    }
                    let discriminator = JSONObject.Member(name: "kind", value: ["const": .string(kind.rawValue)])
                    return .init(
                        name: member.name,
                        value: .object(JSONObject(members: [discriminator] + properties.members))
                    )
                }
            )
        )
    }

    private static var sqlite: KeyTable<SQLiteSettings> {
        KeyTable([
            .neededText("path", \.path, "The database file; it is only read"),
            .textMap("attach", \.attached, "Schema name → another file, at most 10"),
            .integer("readers", \.readers, 1...64, "Statements that run at a time"),
        ])
    }

    private static var file: KeyTable<FileSettings> {
        KeyTable([
            .neededText("directory", \.directory, "The folder below which files are read"),
            .neededText(
                "path",
                \.path,
                "The file below it, such as `{user}/testbed.toml`; `{user}` stands for the caller's name"
            ),
            .integer("maximum_bytes", \.maximumBytes, 1...(16 << 20), "The longest file"),
        ])
    }

    private static var plugin: KeyTable<PluginSourceSettings> {
        KeyTable([
            .neededText("namespace", \.namespace, "The namespace of the plugin that answers"),
            .neededText("source", \.source, "Its name in `provides` of that plugin's manifest"),
        ])
    }

    private static var http: KeyTable<HTTPSettings> {
        KeyTable([
            .neededText("base_url", \.baseURL, "What every path is joined to"),
            .secretMap(
                "headers",
                \.headers,
                "Sent with every request. A value is text, `{file: PATH}` or `{env: NAME}`"
            ),
            .words(
                "methods",
                \.methods,
                of: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
                "What plugins may ask for, such as `PATCH` where they change something. Default `GET`, `HEAD` and `POST`"
            ),
            .time("timeout", \.timeout, .seconds(1)...(.seconds(300)), "How long one request may take"),
            .integer(
                "maximum_bytes",
                \.maximumBytes,
                1...(1 << 30),
                "The longest answer; `limits.query_bytes` also applies"
            ),
            .list(
                "credentials",
                \.credentials,
                CredentialKeys.table,
                element: { CredentialSettings(place: $0) },
                "How requests are authenticated for the caller; the first way counts that there is something for"
            ),
            .text("credential_header", \.credentialHeader, "The header field in which the credential stands"),
            .text("credential_scheme", \.credentialScheme, "The word before it; `none` for none"),
        ])
    }

    private static var postgresql: KeyTable<PostgreSQLSettings> {
        KeyTable(
            PostgreSQLKeys.server(\.self, user: "The role to connect as; best one that may only read") + [
                .bool(
                    "writable",
                    \.isWritable,
                    "Whether statements may change something; otherwise every transaction is read-only"
                )
            ]
        )
    }
}

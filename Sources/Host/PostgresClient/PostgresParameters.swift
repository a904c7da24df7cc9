/// Where a server is and how to present oneself.
package struct PostgresParameters: Sendable {
    /// How much TLS the connection needs (`sslmode` of libpq).
    package enum Encryption: String, Hashable, Sendable, CaseIterable {
        case disable, allow, prefer, require
        case verifyAuthority = "verify-ca"
        case verifyFull = "verify-full"
    }

    /// A name, an address, or the folder of a Unix socket, which begins with a slash.
    package var host: String
    package var port: Int
    package var database: String
    package var user: String
    /// Nil when the server asks for none, or libpq finds it (`PGPASSFILE`).
    package var password: String?
    package var encryption: Encryption
    /// A file with the authorities to trust; libpq has no default for `verify-ca` and `verify-full`.
    package var rootCertificates: String?
    /// Files with the client's own certificate and key.
    package var certificate: String?
    package var key: String?
    /// Schemas, in the order they are searched; empty leaves the server's setting.
    package var searchPath: [String]
    /// What `pg_stat_activity` shows.
    package var applicationName: String
    /// Whether `default_transaction_read_only` is on.
    package var isReadOnly: Bool
    /// How long connecting may take, name lookup apart.
    package var connectTimeout: Duration

    package init(
        host: String,
        port: Int = 5432,
        database: String,
        user: String,
        password: String? = nil,
        encryption: Encryption = .verifyFull,
        rootCertificates: String? = nil,
        certificate: String? = nil,
        key: String? = nil,
        searchPath: [String] = [],
        applicationName: String = "beamline",
        isReadOnly: Bool = true,
        connectTimeout: Duration = .seconds(5)
    ) {
        self.host = host
        self.port = port
        self.database = database
        self.user = user
        self.password = password
        self.encryption = encryption
        self.rootCertificates = rootCertificates
        self.certificate = certificate
        self.key = key
        self.searchPath = searchPath
        self.applicationName = applicationName
        self.isReadOnly = isReadOnly
        self.connectTimeout = connectTimeout
    }

    /// The keywords of libpq with their values (PostgreSQL manual, section 34.1.2).
    var keywords: [(name: String, value: String)] {
        var keywords = [
            ("host", host), ("port", String(port)), ("dbname", database), ("user", user),
            ("sslmode", encryption.rawValue), ("application_name", applicationName), ("client_encoding", "UTF8"),
            ("options", options), ("gssencmode", "disable"),
            // A peer that vanished is noticed within a minute.
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
        ]
        let optional = [
            ("password", password), ("sslrootcert", rootCertificates), ("sslcert", certificate), ("sslkey", key),
        ]
        for (name, value) in optional {
            if let value { keywords.append((name, value)) }
        }
        return keywords
    }

    /// Settings sent with the first message: they cost no round trip and outrank those of the role and the database.
    private var options: String {
        var settings = [
            "TimeZone=UTC", "DateStyle=ISO,YMD", "IntervalStyle=iso_8601", "bytea_output=hex", "extra_float_digits=1",
            "plan_cache_mode=force_custom_plan", "standard_conforming_strings=on",
        ]
        if isReadOnly { settings.append("default_transaction_read_only=on") }
        if !searchPath.isEmpty {
            settings.append("search_path=\(searchPath.map(Self.quoted).joined(separator: ","))")
        }
        return settings.map { "-c \(Self.escaped($0))" }.joined(separator: " ")
    }

    private static func quoted(_ name: String) -> String {
        let parts = name.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"\(parts.joined(separator: "\"\""))\""
    }

    /// The server splits the options at white space that no backslash precedes.
    private static func escaped(_ setting: String) -> String {
        var text = ""
        for scalar in setting.unicodeScalars {
            if scalar == "\\" || scalar.properties.isWhitespace { text.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

extension PostgresParameters: CustomStringConvertible, CustomReflectable {
    /// Where the server is; never the password.
    package var description: String { "\(user)@\(host):\(port)/\(database)" }

    package var customMirror: Mirror { Mirror(self, children: ["server": description]) }
}

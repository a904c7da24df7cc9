import Yams

/// One row of a file of policy tests: some callers' rights, some tools, and what must come of it.
package struct PolicyTestRow: Hashable, Sendable {
    /// What must come of a call; the words but the first two say why it is not simply allowed.
    package enum Expectation: String, Hashable, Sendable, CaseIterable {
        /// The call runs at once.
        case allowed
        /// It does not run, whatever the reason; a person's agreement is none.
        case denied
        /// It runs once a person has agreed.
        case consent
        /// The tool shows, and a role is missing.
        case role
        /// The caller is asked for more scopes.
        case scope
        /// The caller is asked for a more recent login.
        case login
        /// The tool does not exist for the caller.
        case hidden
    }

    package var isAnonymous = false
    /// A name under `issuers`; its rules give `groups` their roles.
    package var issuer: String?
    package var groups: [String] = []
    package var roles: [String] = []
    /// Nil for all that the roles may have.
    package var scopes: [String]?
    package var authenticationAge = Duration.zero
    /// Outside names.
    package var tools: [String] = []
    package var expectation = Expectation.allowed
    package var place: ConfigurationPlace
}

/// Reads a file of policy tests.
package enum PolicyTestFile {
    /// The rows.
    /// - Throws: `ConfigurationFaults` with everything that is wrong with the file.
    package static func read(_ path: String) throws(ConfigurationFaults) -> [PolicyTestRow] {
        guard let text = ConfigurationFile.content(of: path) else {
            let place = ConfigurationPlace(file: path, line: 1, path: "(file)")
            throw ConfigurationFaults([ConfigurationFault(place, "cannot be read; policy.tests names it")])
        }
        return try parse(text, file: path)
    }

    /// The rows of a text.
    package static func parse(_ text: String, file: String) throws(ConfigurationFaults) -> [PolicyTestRow] {
        let root = try ConfigurationFile.node(of: text, file)
        let faults = SettingsReader.Faults()
        let reader = SettingsReader(root, file: file, path: "", faults: faults)
        let rows = reader.list("tests").map { row($0) }
        reader.finish()
        if rows.isEmpty, faults.all.isEmpty { reader.fault("`tests` is missing: a list of rows") }
        guard faults.all.isEmpty else { throw ConfigurationFaults(faults.all) }
        return rows
    }

    private static func row(_ reader: SettingsReader) -> PolicyTestRow {
        var row = PolicyTestRow(place: reader.place)
        row.tools = reader.strings("tools")
        if row.tools.isEmpty { reader.fault("`tools` is missing: names such as epic_panda_list_jobs") }
        if reader.has("expect") {
            row.expectation = reader.choice("expect", default: row.expectation)
        } else {
            let words = PolicyTestRow.Expectation.allCases.map(\.rawValue).joined(separator: ", ")
            reader.fault("`expect` is missing; one of: \(words)")
        }
        if let who = reader.section("who") {
            read(who, into: &row)
        } else {
            reader.fault("`who` is missing, such as {roles: [epic.user]}")
        }
        reader.finish()
        return row
    }

    private static func read(_ who: SettingsReader, into row: inout PolicyTestRow) {
        row.isAnonymous = who.bool("anonymous", default: false)
        row.issuer = who.string("issuer")
        row.groups = who.strings("groups")
        row.roles = who.strings("roles")
        if who.has("scopes") { row.scopes = who.strings("scopes") }
        row.authenticationAge = who.duration("auth_age", in: .zero...(.seconds(3660 * 86_400)), default: .zero)
        if !row.groups.isEmpty, row.issuer == nil {
            who.fault(at: "groups", "groups mean something only at an issuer; name it")
        }
        if row.isAnonymous, !(row.roles.isEmpty && row.groups.isEmpty && row.scopes == nil) {
            who.fault(at: "anonymous", "a caller without a token has neither roles nor scopes")
        }
        who.finish()
    }
}

import GatewayCore
import JSON
import PluginHosting

/// How an inspected plugin is shown.
enum InspectionText {
    /// Some lines for people.
    static func text(_ inspection: PluginInspection) -> String {
        let targets = inspection.targets.map(\.rawValue).joined(separator: ", ")
        var lines = [
            inspection.manifest.map { "\($0.id) \($0.version), for the namespace \($0.namespace)" } ?? inspection.path
        ]
        lines += wants(inspection)
        lines.append("origin: \(origin(inspection))")
        let placement = PluginPlacement.decide(.auto, origin: inspection.origin)
        lines.append("runs \(placement.mode.rawValue) unless the site says otherwise: \(placement.reason)")
        lines.append("for: \(targets)")
        lines += inspection.files.map { "  \($0.sha256)  \($0.size)  \($0.path)" }
        return lines.map(Printable.line).joined(separator: "\n")
    }

    /// What it offers, wants and may do; a line for each that is not empty.
    static func wants(_ inspection: PluginInspection) -> [String] {
        guard let manifest = inspection.manifest, let powers = inspection.powers else {
            return [
                "Its manifest is inside the library, where only running it shows it; lay it beside as NAME.manifest.json."
            ]
        }
        let sources = manifest.sources.map { "\($0.name) (\($0.kind.rawValue)\($0.isRequired ? "" : ", optional"))" }
        let roles = manifest.auth.roles.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
        let lists: [(String, [String])] = [
            ("tools", manifest.tools.map(\.localName)),
            ("resources", manifest.items.filter { $0.kind != .prompt }.map(\.localName)),
            ("prompts", manifest.items.filter { $0.kind == .prompt }.map(\.localName)),
            ("wants the sources", sources),
            ("wants the documents", manifest.documents.map(\.name)),
            ("roles", roles),
            ("may destroy", powers.destructiveTools),
            ("needs no token for", powers.publicItems),
            ("asks a person about", powers.consentItems),
            ("offers the sources", powers.provides),
        ]
        return lists.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1.joined(separator: ", "))" }
            + ["memory: \(powers.memoryMebibytes) MiB\(powers.blocks ? ", its calls hold threads" : "")"]
            + manifest.auth.rules.map { "rule: \(rule($0))" }
    }

    static func origin(_ inspection: PluginInspection) -> String {
        let isFolder = !inspection.isIndexed && inspection.origin == .bundle(.unsigned)
        return isFolder
            ? "a folder without bundle.json; `beamline plugin sign` makes a bundle of it" : "\(inspection.origin)"
    }

    static func document(_ inspection: PluginInspection) -> JSONValue {
        var members: [JSONObject.Member] = [
            .init(name: "path", value: .string(inspection.path)),
            .init(name: "origin", value: .string(origin(inspection))),
            .init(name: "signature", value: signature(inspection.origin)),
            .init(name: "targets", value: words(inspection.targets.map(\.rawValue))),
            .init(name: "files", value: .array(inspection.files.map(file))),
        ]
        if let digest = inspection.digest { members.append(.init(name: "sha256", value: .string(digest))) }
        guard let manifest = inspection.manifest, let powers = inspection.powers else {
            return .object(JSONObject(members: members))
        }
        members += [
            .init(name: "id", value: .string(manifest.id)),
            .init(name: "version", value: .string(manifest.version)),
            .init(name: "namespace", value: .string(manifest.namespace)),
            .init(name: "tools", value: words(manifest.tools.map(\.localName))),
            .init(name: "items", value: .array(manifest.items.map(item))),
            .init(name: "sources", value: .array(manifest.sources.map(source))),
            .init(name: "documents", value: words(manifest.documents.map(\.name))),
            .init(name: "auth", value: inspection.document["auth"] ?? .null),
            .init(
                name: "powers",
                value: [
                    "destructive_tools": words(powers.destructiveTools), "public": words(powers.publicItems),
                    "consent": words(powers.consentItems), "blocking": .bool(powers.blocks),
                    "memory_mb": .integer(powers.memoryMebibytes), "provides": words(powers.provides),
                ]
            ),
        ]
        return .object(JSONObject(members: members))
    }

    private static func rule(_ rule: AuthRule) -> String {
        let kind = rule.kind.map { " (\($0.rawValue))" } ?? ""
        let call = rule.call.map { " may be called with \(need($0))" } ?? ""
        return "\(rule.match)\(kind)\(rule.isPublic ? " is public" : call)"
    }

    private static func need(_ need: AuthNeed) -> String {
        let parts =
            [need.anyRole.joined(separator: " or "), need.allRoles.joined(separator: " and ")].filter { !$0.isEmpty }
            .map { "role \($0)" } + need.scopes.map { "scope \($0)" }
            + (need.maximumAuthenticationAge.map { ["a login of the last \($0) s"] } ?? [])
        return parts.isEmpty ? "any token" : parts.joined(separator: ", ")
    }

    private static func signature(_ origin: PluginOrigin) -> JSONValue {
        switch origin {
        case .shipped, .library: .null
        case .bundle(.unsigned): ["state": "unsigned"]
        case .bundle(.unknownKey(let id)): ["state": "unknown_key", "key": .string(id)]
        case .bundle(.signed(let name, let isTrusted)):
            ["state": "signed", "by": .string(name), "in_process": .bool(isTrusted)]
        }
    }

    private static func words(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }

    private static func file(_ file: BundleIndex.File) -> JSONValue {
        [
            "path": .string(file.path), "size": .integer(file.size), "sha256": .string(file.sha256),
            "target": file.target.map { .string($0.rawValue) } ?? .null,
        ]
    }

    private static func item(_ item: ItemDescription) -> JSONValue {
        ["kind": .string(item.kind.rawValue), "name": .string(item.localName)]
    }

    private static func source(_ source: PluginManifest.SourceNeed) -> JSONValue {
        ["name": .string(source.name), "kind": .string(source.kind.rawValue), "required": .bool(source.isRequired)]
    }
}

/// Text of a plugin's author on an operator's terminal.
enum Printable {
    /// Writes out what a terminal would obey or not show: controls, and marks of direction.
    static func line(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar == "\n": shown += "\\n"
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

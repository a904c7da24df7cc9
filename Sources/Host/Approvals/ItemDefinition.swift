package import GatewayCore
package import JSON
import Sealing

/// What clients and their models are told of an item, and what it asks of callers: that which a person approves.
package struct ItemDefinition: Hashable, Sendable {
    /// The kind and the local name, such as `tool panda_list_jobs`; no two items of a plugin have the same.
    package let key: String
    /// The members as published, and the rule.
    package let document: JSONValue

    package init(key: String, document: JSONValue) {
        self.key = key
        self.document = document
    }

    /// A tool and the rule that counts for it; `implies` is what its plugin's scopes include.
    package init(_ tool: ToolDescription, rule: AuthRule?, implies: [String: [String]] = [:]) {
        var members: [(String, JSONValue?)] = [
            ("title", tool.title.map(JSONValue.string)), ("description", .string(tool.description)),
            ("inputSchema", tool.inputSchema), ("outputSchema", tool.outputSchema), ("annotations", tool.annotations),
            ("_meta", tool.meta),
        ]
        if !tool.icons.isEmpty { members.append(("icons", .array(tool.icons.map(\.document)))) }
        members.append(("rule", Self.document(rule, implies)))
        self.init(key: Self.key("tool", tool.localName), members)
    }

    /// A resource, template or prompt and its rule.
    package init(_ item: ItemDescription, rule: AuthRule?, implies: [String: [String]] = [:]) {
        let members = item.members.map { ($0.name, Optional($0.value)) }
        self.init(key: Self.key(item.kind.rawValue, item.localName), members + [("rule", Self.document(rule, implies))])
    }

    private init(key: String, _ members: [(String, JSONValue?)]) {
        let present = members.compactMap { name, value in value.map { JSONObject.Member(name: name, value: $0) } }
        self.init(key: key, document: .object(JSONObject(members: present)))
    }

    package static func key(_ kind: String, _ localName: String) -> String { "\(kind) \(localName)" }

    /// SHA-256 of the document with its members in the order of their names, as hexadecimal digits: equal when and only
    /// when the same is said, whatever the order it is said in.
    package var digest: String { Digest.sha256Text(document.inOrder.serialized) }

    /// What the rule asks for; by which pattern it was found says nothing of that.
    private static func document(_ rule: AuthRule?, _ implies: [String: [String]]) -> JSONValue {
        guard let rule else { return .null }
        var members: [JSONObject.Member] = []
        if let see = rule.see { members.append(.init(name: "see", value: document(see))) }
        if let call = rule.call { members.append(.init(name: "call", value: document(call))) }
        for (name, value) in [("public", rule.isPublic), ("narrow", rule.isNarrowed), ("consent", rule.needsConsent)]
        where value {
            members.append(.init(name: name, value: true))
        }
        let scopes = (rule.see?.scopes ?? []) + (rule.call?.scopes ?? [])
        if !scopes.isEmpty, !implies.isEmpty {
            let included = implies.sorted { $0.key < $1.key }.map {
                JSONObject.Member(name: $0.key, value: words($0.value.sorted()))
            }
            members.append(.init(name: "implies", value: .object(JSONObject(members: included))))
        }
        return .object(JSONObject(members: members))
    }

    private static func document(_ need: AuthNeed) -> JSONValue {
        var members: [JSONObject.Member] = []
        for (name, values) in [("anyRole", need.anyRole), ("allRoles", need.allRoles), ("scope", need.scopes)]
        where !values.isEmpty {
            members.append(.init(name: name, value: words(values.sorted())))
        }
        if let age = need.maximumAuthenticationAge { members.append(.init(name: "authAge", value: .integer(age))) }
        return .object(JSONObject(members: members))
    }

    private static func words(_ words: [String]) -> JSONValue { .array(words.map(JSONValue.string)) }
}

extension JSONValue {
    /// The same value, the members of every object in the order of their names' bytes.
    var inOrder: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.inOrder))
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members.map { .init(name: $0.name, value: $0.value.inOrder) }
                        .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
                )
            )
        default: self
        }
    }
}

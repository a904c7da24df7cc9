package import JSON

/// How `_meta` names the user interface of a tool (MCP Apps, "Linking tools to UI resources").
package enum InterfaceMetadata {
    /// The member that holds an object about the interface.
    private static let object = "ui"
    /// The address, inside that object.
    private static let address = "resourceUri"
    /// The address as older clients look for it, beside that object.
    private static let flatAddress = "ui/resourceUri"

    /// The addresses in a `_meta`, each with the place where it stands, from the outside in.
    package static func addresses(in meta: JSONValue?) -> [(path: [String], value: JSONValue)] {
        [[object, address], [flatAddress]].compactMap { path in
            path.reduce(meta) { $0?[$1] }.map { (path, $0) }
        }
    }

    /// Whether models may use the tool, and not only its interface.
    package static func isForModels(_ meta: JSONValue?) -> Bool {
        guard let visibility = meta?[object]?["visibility"]?.array else { return true }
        return visibility.contains("model")
    }

    /// A `_meta` with the outside forms of the addresses in it.
    package static func outside(_ meta: JSONValue, of namespace: String) -> JSONValue {
        guard let members = meta.object?.members else { return meta }
        return .object(JSONObject(members: members.map { outside($0, of: namespace) }))
    }

    /// The same for one of its members.
    package static func outside(_ member: JSONObject.Member, of namespace: String) -> JSONObject.Member {
        switch (member.name, member.value) {
        case (flatAddress, .string(let uri)) where OutsideURI.isInterface(uri):
            return .init(name: member.name, value: .string(OutsideURI.outside(uri, of: namespace)))
        case (object, .object(var interface)):
            guard let uri = interface[address]?.string, OutsideURI.isInterface(uri) else { return member }
            interface[address] = .string(OutsideURI.outside(uri, of: namespace))
            return .init(name: member.name, value: .object(interface))
        default: return member
        }
    }

    /// Whether a member of `_meta` may hold an address.
    package static func mayHoldAddress(_ name: String) -> Bool { name == object || name == flatAddress }
}

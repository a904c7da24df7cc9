import JSON
import PluginKit

/// Named values read from one row, in the order of their shape.
struct Record: Encodable, Hashable, Sendable {
    private(set) var members = JSONObject()

    /// A member; absent ones are not written.
    subscript(_ name: String) -> JSONValue? {
        get { members[name] }
        set { members[name] = newValue }
    }

    /// Sets a member to a window.
    mutating func set(_ name: String, _ window: Window) {
        self[name] = [
            "start": .string(window.start.description), "end": .string(window.end.description),
            "defaulted": .bool(window.defaulted),
        ]
    }

    /// Sets a member to pages for people.
    mutating func set(_ name: String, _ links: [Link]) {
        self[name] = .array(links.map { ["title": .string($0.title), "url": .string($0.url)] })
    }

    func encode(to encoder: any Encoder) throws {
        try JSONValue.object(members).encode(to: encoder)
    }
}

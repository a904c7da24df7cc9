package import JSON

/// What is new in a definition, in lines for people.
package enum DefinitionDifference {
    /// The lines; `-` before what was approved, `+` before what waits.
    package static func lines(from old: JSONValue?, to new: JSONValue) -> [String] {
        guard let old else { return ["new"] + leaves(new, "").map { "  + \($0)" } }
        return changes(old, new, "")
    }

    private static func changes(_ old: JSONValue, _ new: JSONValue, _ path: String) -> [String] {
        guard old.inOrder.serialized != new.inOrder.serialized else { return [] }
        guard let before = old.object, let after = new.object else {
            return ["  - \(name(path))\(text(old))", "  + \(name(path))\(text(new))"]
        }
        let names = before.names + after.names.filter { before[$0] == nil }
        return names.flatMap { member -> [String] in
            let place = path.isEmpty ? member : "\(path).\(member)"
            switch (before[member], after[member]) {
            case (let old?, let new?): return changes(old, new, place)
            case (let old?, nil): return ["  - \(name(place))\(text(old))"]
            case (nil, let new?): return ["  + \(name(place))\(text(new))"]
            case (nil, nil): return []
            }
        }
    }

    private static func leaves(_ value: JSONValue, _ path: String) -> [String] {
        guard let object = value.object else { return ["\(name(path))\(text(value))"] }
        return object.members.map { "\($0.name): \(text($0.value))" }
    }

    private static func name(_ path: String) -> String { path.isEmpty ? "" : "\(path): " }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? String(decoding: value.serialized, as: UTF8.self)
    }
}

import JSON

extension Schema {
    /// The members an object always has, with their types alone; all of them where it says of none that it is always there.
    ///
    /// What fits a schema fits its outline, which takes a small part of the room. Anything but an object is its own
    /// outline.
    public var outline: Schema { outline(atMost: .max) }

    /// The same with the first so many members.
    public func outline(atMost most: Int) -> Schema {
        guard let members = document["properties"]?.object?.members else { return self }
        let required = document["required"]?.array?.compactMap(\.string)
        var outlined = JSONObject()
        for member in members.filter({ required?.contains($0.name) ?? true }).prefix(most) {
            var schema = JSONObject()
            schema["type"] = member.value["type"]
            outlined[member.name] = .object(schema)
        }
        return Schema(["type": "object", "properties": .object(outlined)])
    }
}

extension ToolDescription {
    /// The same with the outline of its output: for plugins whose many tools clients list at one time.
    public var outlined: ToolDescription { outlined(atMost: .max) }

    /// The same with the first so many members of its output.
    public func outlined(atMost most: Int) -> ToolDescription {
        ToolDescription(
            name: name,
            title: title,
            summary: summary,
            input: input,
            output: output?.outline(atMost: most),
            effect: effect,
            icons: icons,
            metadata: metadata,
            timeoutMilliseconds: timeoutMilliseconds
        )
    }
}

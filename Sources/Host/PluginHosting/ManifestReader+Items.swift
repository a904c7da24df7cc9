import GatewayCore
import JSON

/// How the manifest's keys of resources, templates and prompts are read.
extension ManifestReader {
    /// All items of a manifest that are no tools.
    mutating func items(_ root: JSONObject) -> [ItemDescription] {
        ItemDescription.Kind.allCases.flatMap { kind in
            items(kind, root[kind.manifestKey], JSONPath().appending(kind.manifestKey))
        }
    }

    /// The items of one kind, as the manifest or LIST has them.
    mutating func items(
        _ kind: ItemDescription.Kind,
        _ value: JSONValue?,
        _ path: JSONPath
    ) -> [ItemDescription] {
        var names: Set<String> = []
        return array(value, path).enumerated().compactMap { index, value in
            let place = path.appending(index)
            guard value.object != nil else {
                fault(place, "must be an object")
                return nil
            }
            let item = item(kind, value, place)
            if !item.localName.isEmpty, !names.insert(item.localName).inserted {
                fault(place.appending(kind.nameKey), "another one has the same")
            }
            return item
        }
    }

    private mutating func item(
        _ kind: ItemDescription.Kind,
        _ value: JSONValue,
        _ path: JSONPath
    ) -> ItemDescription {
        let object = object(value, path)
        let name = text(object, kind.nameKey, path)
        check(name, kind, path.appending(kind.nameKey))
        if kind != .prompt { _ = text(object, "name", path) }
        for key in ["title", "description", "mimeType"] { _ = optionalText(object, key, path) }
        _ = optionalObject(object, "annotations", path)
        _ = meta(object, path)
        if object["size"] != nil { _ = integer(object, "size", path, in: 0...Int.max) }
        let icons = icons(object["icons"], path.appending("icons"))
        let arguments = kind == .prompt ? arguments(object["arguments"], path.appending("arguments")) : []
        return ItemDescription(
            kind: kind,
            localName: name,
            members: object.members.filter { $0.name != kind.nameKey && kind.published.contains($0.name) }
                .map { $0.name == "icons" ? .init(name: $0.name, value: .array(icons.map(\.document))) : $0 },
            arguments: arguments
        )
    }

    private mutating func check(_ name: String, _ kind: ItemDescription.Kind, _ path: JSONPath) {
        guard !name.isEmpty else { return }
        switch kind {
        case .prompt:
            if !Self.isWord(name) { fault(path, Self.wordRule) }
        case .resource:
            if !OutsideURI.isLocal(name) { fault(path, Self.uriRule) }
        case .template:
            guard OutsideURI.isLocal(name) else { return fault(path, Self.uriRule) }
            do {
                _ = try URITemplate(name)
            } catch {
                fault(path, "is no usable template (\(error)): {name} or {+name}, each once, with text between them")
            }
        }
    }

    private mutating func arguments(_ value: JSONValue?, _ path: JSONPath) -> [ItemDescription.Argument] {
        array(value, path).enumerated().compactMap { index, value in
            let place = path.appending(index)
            guard value.object != nil else {
                fault(place, "must be an object")
                return nil
            }
            let object = object(value, place)
            for key in ["title", "description"] { _ = optionalText(object, key, place) }
            return ItemDescription.Argument(
                name: text(object, "name", place),
                isRequired: flag(object, "required", place)
            )
        }
    }

    private static let uriRule =
        "must begin with a scheme of letters, digits, - and ., and be printable ASCII of at most 2048 bytes"
}

extension ItemDescription.Kind {
    /// The manifest's key for the items, which is also their name in LIST.
    var manifestKey: String {
        switch self {
        case .resource: "resources"
        case .template: "resourceTemplates"
        case .prompt: "prompts"
        }
    }

    /// The key of what the item is called by.
    var nameKey: String {
        switch self {
        case .resource: "uri"
        case .template: "uriTemplate"
        case .prompt: "name"
        }
    }

    /// The members clients are shown; others are kept to the manifest.
    var published: Set<String> {
        switch self {
        case .resource: ["name", "title", "description", "mimeType", "size", "annotations", "icons", "_meta"]
        case .template: ["name", "title", "description", "mimeType", "annotations", "icons", "_meta"]
        case .prompt: ["title", "description", "arguments", "icons", "_meta"]
        }
    }
}

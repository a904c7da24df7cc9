import GatewayCore
import JSON

/// How the members are read that items of every kind may have for the client's eyes.
extension ManifestReader {
    /// The icons of an item; members that the protocol does not know are not passed on.
    mutating func icons(_ value: JSONValue?, _ path: JSONPath) -> [Icon] {
        let values = array(value, path)
        if values.count > Icon.most { fault(path, "has more than \(Icon.most) icons") }
        return values.prefix(Icon.most).enumerated().compactMap { index, value in
            let place = path.appending(index)
            guard value.object != nil else {
                fault(place, "must be an object")
                return nil
            }
            return icon(object(value, place), place)
        }
    }

    private mutating func icon(_ object: JSONObject, _ path: JSONPath) -> Icon? {
        let source = text(object, "src", path)
        let mimeType = optionalText(object, "mimeType", path)
        let theme = optionalText(object, "theme", path)
        if let theme, Icon.Theme(rawValue: theme) == nil { fault(path.appending("theme"), "must be light or dark") }
        let sizes = array(object["sizes"], path.appending("sizes")).map { $0.string ?? "" }
        guard !source.isEmpty else { return nil }
        do {
            return try Icon(
                source: source,
                mimeType: mimeType,
                sizes: sizes,
                theme: theme.flatMap(Icon.Theme.init),
                dataBytes: iconBytes
            )
        } catch {
            fault(path.appending(error.member), error.message)
            return nil
        }
    }

    /// What is published as `_meta` beside an item, but under no name the protocol keeps (2026-07-28 basic, "_meta").
    mutating func meta(_ object: JSONObject, _ path: JSONPath) -> JSONValue? {
        guard let meta = optionalObject(object, "_meta", path) else { return nil }
        for name in meta.object?.names ?? [] where Self.isReserved(name) {
            fault(path.appending("_meta").appending(name), "is a name that the protocol keeps for itself")
        }
        return meta
    }

    /// The same for a tool, which may name its user interface there: a resource of this plugin.
    mutating func toolMeta(_ object: JSONObject, _ path: JSONPath) -> JSONValue? {
        let meta = meta(object, path)
        for address in InterfaceMetadata.addresses(in: meta) {
            guard let uri = address.value.string, OutsideURI.isInterface(uri), OutsideURI.isLocal(uri) else {
                let place = address.path.reduce(path.appending("_meta")) { $0.appending($1) }
                fault(place, "must be the ui:// address of a resource of this plugin")
                continue
            }
        }
        return meta
    }

    private static func isReserved(_ name: String) -> Bool {
        guard let slash = name.firstIndex(of: "/") else { return false }
        let labels = name[..<slash].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count > 1 && ["modelcontextprotocol", "mcp"].contains(labels[1])
    }
}

import GatewayCore
import JSON
import PluginRuntime

extension PluginManifest {
    /// The `schema` of manifests this host reads.
    static let schema = "beamline.manifest/1"

    /// Reads a manifest.
    /// - Throws: `PluginManifestError` with all faults at once.
    package init(
        parsing bytes: [UInt8],
        iconBytes: Int = Icon.usualDataBytes
    ) throws(PluginManifestError) {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes)
        } catch {
            throw PluginManifestError(faults: [.init("", "not JSON: \(error)")])
        }
        var reader = ManifestReader(iconBytes: iconBytes)
        let object = reader.object(root, JSONPath())
        let tools = reader.tools(object["tools"], JSONPath().appending("tools"))
        let manifest = PluginManifest(
            id: reader.text(object, "id", JSONPath()),
            version: reader.text(object, "version", JSONPath()),
            namespace: reader.namespace(object),
            execution: reader.execution(object["execution"]),
            tools: tools,
            items: reader.items(object),
            auth: reader.auth(object["auth"]),
            sources: reader.sources(object["sources"]),
            provides: reader.provides(object["provides"]),
            documents: reader.documents(object["documents"]),
            routing: reader.routing(object["routing"], tools: tools),
            configurationSchema: reader.optionalObject(object, "configSchema", JSONPath())
        )
        reader.checkVersions(object)
        reader.check(manifest.auth)
        guard reader.faults.isEmpty else { throw PluginManifestError(faults: reader.faults) }
        self = manifest
    }
}

/// Reads the parts of a manifest and collects what is wrong with them.
struct ManifestReader {
    /// The longest `data:` URI of an icon.
    let iconBytes: Int
    var faults: [PluginManifestError.Fault] = []

    init(iconBytes: Int) {
        self.iconBytes = iconBytes
    }

    mutating func fault(_ path: JSONPath, _ message: String) {
        faults.append(.init(path.description, message))
    }

    // MARK: - Values of a kind

    mutating func object(_ value: JSONValue?, _ path: JSONPath) -> JSONObject {
        if let object = value?.object { return object }
        fault(path, "must be an object")
        return JSONObject()
    }

    mutating func array(_ value: JSONValue?, _ path: JSONPath) -> [JSONValue] {
        guard let value else { return [] }
        if let array = value.array { return array }
        fault(path, "must be an array")
        return []
    }

    mutating func text(_ object: JSONObject, _ name: String, _ path: JSONPath) -> String {
        if let text = object[name]?.string, !text.isEmpty { return text }
        fault(path.appending(name), object[name] == nil ? "is missing" : "must be a string that is not empty")
        return ""
    }

    mutating func optionalText(_ object: JSONObject, _ name: String, _ path: JSONPath) -> String? {
        guard let value = object[name] else { return nil }
        if let text = value.string { return text }
        fault(path.appending(name), "must be a string")
        return nil
    }

    mutating func optionalObject(_ object: JSONObject, _ name: String, _ path: JSONPath) -> JSONValue? {
        guard let value = object[name] else { return nil }
        if value.object != nil { return value }
        fault(path.appending(name), "must be an object")
        return nil
    }

    mutating func flag(_ object: JSONObject, _ name: String, _ path: JSONPath, otherwise: Bool = false) -> Bool {
        guard let value = object[name] else { return otherwise }
        if let flag = value.bool { return flag }
        fault(path.appending(name), "must be true or false")
        return otherwise
    }

    mutating func integer(_ object: JSONObject, _ name: String, _ path: JSONPath, in range: ClosedRange<Int>) -> Int? {
        guard let value = object[name] else { return nil }
        if let number = value.integer, range.contains(number) { return number }
        fault(path.appending(name), "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func words(_ object: JSONObject, _ name: String, _ path: JSONPath) -> [String] {
        let place = path.appending(name)
        return array(object[name], place).enumerated().compactMap { index, value in
            if let word = value.string, Self.isWord(word) { return word }
            fault(place.appending(index), Self.wordRule)
            return nil
        }
    }

    /// Refuses members that are not known, where ignoring one could widen access.
    mutating func closed(_ object: JSONObject, _ path: JSONPath, to known: Set<String>) {
        for name in object.names where !known.contains(name) {
            fault(path.appending(name), "is unknown; known are \(known.sorted().joined(separator: ", "))")
        }
    }

    static func isWord(_ word: String) -> Bool {
        (1...48).contains(word.utf8.count) && word.utf8.allSatisfy(PluginManifest.isNameByte)
    }

    static let wordRule = "must be a local word of letters, digits, _ and - (1 to 48 of them)"

    // MARK: - Parts

    mutating func checkVersions(_ object: JSONObject) {
        let root = JSONPath()
        if text(object, "schema", root) != PluginManifest.schema, object["schema"]?.string?.isEmpty == false {
            fault(root.appending("schema"), "must be \"\(PluginManifest.schema)\"")
        }
        let path = root.appending("abi")
        let abi = self.object(object["abi"], path)
        guard object["abi"]?.object != nil else { return }
        if abi["major"]?.integer != 1 { fault(path.appending("major"), "must be 1, the major this host supports") }
        if let minor = integer(abi, "min_minor", path, in: 0...Int(Int32.max)), minor > 0 {
            fault(path.appending("min_minor"), "the plugin needs 1.\(minor) and this host has 1.0; update the gateway")
        }
    }

    mutating func namespace(_ object: JSONObject) -> String {
        let namespace = text(object, "namespace", JSONPath())
        if !namespace.isEmpty, !PluginManifest.isNamespace(namespace) {
            fault(
                JSONPath().appending("namespace"),
                "must be 2 to 16 lower-case letters and digits, begin with a letter and not be \"beamline\""
            )
        }
        return namespace
    }

    mutating func execution(_ value: JSONValue?) -> PluginExecution {
        var execution = PluginExecution()
        guard let value else { return execution }
        let path = JSONPath().appending("execution")
        let object = object(value, path)
        closed(object, path, to: ["concurrency", "blocking", "start_timeout_ms", "memory_mb"])
        if let count = integer(object, "concurrency", path, in: 1...4096) { execution.concurrency = count }
        execution.blocks = flag(object, "blocking", path)
        if let limit = integer(object, "start_timeout_ms", path, in: 1...600_000) {
            execution.startTimeout = .milliseconds(limit)
        }
        if let size = integer(object, "memory_mb", path, in: 16...1 << 20) { execution.memoryMebibytes = size }
        return execution
    }

    mutating func tools(_ value: JSONValue?, _ path: JSONPath) -> [ToolDescription] {
        var names: Set<String> = []
        return array(value, path).enumerated().compactMap { index, value in
            let place = path.appending(index)
            let tool = tool(value, place)
            if !tool.localName.isEmpty, !names.insert(tool.localName).inserted {
                fault(place.appending("name"), "another tool has the same name")
            }
            return tool
        }
    }

    mutating func tool(_ value: JSONValue, _ path: JSONPath) -> ToolDescription {
        let object = object(value, path)
        let name = value.object == nil ? "" : text(object, "name", path)
        if !name.isEmpty, !Self.isWord(name) { fault(path.appending("name"), Self.wordRule) }
        if value.object != nil, object["inputSchema"] == nil { fault(path.appending("inputSchema"), "is missing") }
        return ToolDescription(
            localName: name,
            title: optionalText(object, "title", path),
            description: value.object == nil ? "" : text(object, "description", path),
            inputSchema: optionalObject(object, "inputSchema", path) ?? .object(JSONObject()),
            outputSchema: optionalObject(object, "outputSchema", path),
            annotations: optionalObject(object, "annotations", path),
            icons: icons(object["icons"], path.appending("icons")),
            meta: toolMeta(object, path),
            timeout: integer(object, "timeout_ms", path, in: 1...3_600_000).map { .milliseconds($0) }
        )
    }

    mutating func sources(_ value: JSONValue?) -> [PluginManifest.SourceNeed] {
        named(value, "sources").map { source in
            PluginManifest.SourceNeed(
                name: source.name,
                kind: source.kind,
                isRequired: flag(source.object, "required", source.place, otherwise: true)
            )
        }
    }

    mutating func provides(_ value: JSONValue?) -> [PluginManifest.SourceOffer] {
        named(value, "provides").map { PluginManifest.SourceOffer(name: $0.name, kind: $0.kind) }
    }

    /// The name of one of several things, which no other of them has.
    mutating func localName(
        _ object: JSONObject,
        _ place: JSONPath,
        among names: inout Set<String>,
        _ thing: String
    ) -> String {
        let name = text(object, "name", place)
        guard !name.isEmpty else { return name }
        if !Self.isWord(name) { fault(place.appending("name"), Self.wordRule) }
        if !names.insert(name).inserted { fault(place.appending("name"), "another \(thing) has the same name") }
        return name
    }

    private struct NamedSource {
        let name: String
        let kind: SourceKind
        let object: JSONObject
        let place: JSONPath
    }

    /// Sources with names of their own and a kind.
    private mutating func named(_ value: JSONValue?, _ list: String) -> [NamedSource] {
        let path = JSONPath().appending(list)
        var names: Set<String> = []
        return array(value, path).enumerated().compactMap { index, value in
            let place = path.appending(index)
            let object = object(value, place)
            guard value.object != nil else { return nil }
            let name = localName(object, place, among: &names, "source")
            guard let kind = SourceKind(rawValue: text(object, "kind", place)) else {
                if object["kind"]?.string?.isEmpty == false {
                    let kinds = SourceKind.allCases.map(\.rawValue).joined(separator: ", ")
                    fault(place.appending("kind"), "must be one of \(kinds)")
                }
                return nil
            }
            return NamedSource(name: name, kind: kind, object: object, place: place)
        }
    }
}

import GatewayCore
import JSON
import Yams

/// Reads one mapping of the file: typed values by key, faults collected instead of thrown, unknown keys found at the end.
struct SettingsReader {
    /// Where faults go; one for a whole reading.
    final class Faults {
        var all: [ConfigurationFault] = []

        func add(_ place: ConfigurationPlace, _ message: String) {
            all.append(ConfigurationFault(place, message))
        }
    }

    let node: Node
    /// The file, for places.
    let file: String
    let path: String
    let faults: Faults
    private let members: [(name: String, value: Node)]
    private let known: KnownKeys

    /// Remembers which keys were asked for.
    private final class KnownKeys {
        var names: [String] = []
    }

    /// Opens a mapping; anything else is a fault and reads as empty.
    init(_ node: Node, file: String, path: String, faults: Faults) {
        self.node = node
        self.file = file
        self.path = path
        self.faults = faults
        known = KnownKeys()
        if case .mapping(let mapping) = node {
            members = mapping.map { ($0.key.string ?? "", $0.value) }
        } else {
            members = []
            if !node.isEmptyScalar {
                let place = ConfigurationPlace(file: file, node, path: path)
                faults.all.append(ConfigurationFault(place, "must be a mapping of keys to values"))
            }
        }
    }

    var place: ConfigurationPlace { ConfigurationPlace(file: file, node, path: path) }

    private func inner(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func fault(_ key: String, _ node: Node, _ message: String) {
        faults.all.append(ConfigurationFault(ConfigurationPlace(file: file, node, path: inner(key)), message))
    }

    /// Reports a fault about this mapping itself.
    func fault(_ message: String) {
        faults.all.append(ConfigurationFault(place, message))
    }

    /// Reports a fault about one key.
    func fault(at key: String, _ message: String) {
        let node = members.first { $0.name == key }?.value ?? node
        fault(key, node, message)
    }

    func value(_ key: String) -> Node? {
        known.names.append(key)
        guard let value = members.first(where: { $0.name == key })?.value, !value.isEmptyScalar else { return nil }
        return value
    }

    func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard case .scalar(let scalar) = value else {
            fault(key, value, "must be text")
            return nil
        }
        return scalar.string
    }

    func requiredString(_ key: String) -> String {
        let before = faults.all.count
        if let text = string(key) { return text }
        if faults.all.count == before { fault("`\(key)` is missing") }
        return ""
    }

    func bool(_ key: String, default standard: Bool) -> Bool {
        guard let value = value(key) else { return standard }
        guard let bool = value.bool else {
            fault(key, value, "must be true or false")
            return standard
        }
        return bool
    }

    func integer(_ key: String, in range: ClosedRange<Int>, default standard: Int) -> Int {
        guard let value = value(key) else { return standard }
        guard let number = value.int, range.contains(number) else {
            fault(key, value, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return standard
        }
        return number
    }

    /// A duration such as `30s`, `500ms`, `10m`, `24h`.
    func duration(_ key: String, in range: ClosedRange<Duration>, default standard: Duration) -> Duration {
        guard let value = value(key) else { return standard }
        guard let text = value.string, let duration = DurationText.parse(text), range.contains(duration) else {
            let bounds = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
            fault(key, value, "must be a time such as 30s, 500ms, 10m or 24h, from \(bounds)")
            return standard
        }
        return duration
    }

    func choice<Value: RawRepresentable & CaseIterable>(_ key: String, default standard: Value) -> Value
    where Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue)
        return Value(rawValue: word(key, of: words, default: standard.rawValue)) ?? standard
    }

    /// One of a kind's words; nil when it is absent or, with a fault, another.
    func optionalChoice<Value: RawRepresentable & CaseIterable>(_ key: String, of kind: Value.Type) -> Value?
    where Value.RawValue == String {
        has(key) ? Value(rawValue: word(key, of: kind.allCases.map(\.rawValue), default: "")) : nil
    }

    /// One of some words.
    func word(_ key: String, of words: [String], default standard: String) -> String {
        guard let text = string(key) else { return standard }
        guard words.contains(text) else {
            fault(at: key, Self.oneOf(words, not: text))
            return standard
        }
        return text
    }

    /// Some of some words.
    func words(_ key: String, of words: [String]) -> [String] {
        strings(key).filter { text in
            if words.contains(text) { return true }
            fault(at: key, "`\(text)` " + Self.oneOf(words, not: text))
            return false
        }
    }

    /// The word that says which other keys there are; nil, with a fault, when there is none to go by.
    func kind<Kind: RawRepresentable & CaseIterable>(_ key: String, of kinds: Kind.Type) -> Kind?
    where Kind.RawValue == String {
        let words = kinds.allCases.map(\.rawValue)
        guard let value = value(key) else {
            fault("`\(key)` is missing; one of: \(words.joined(separator: ", "))")
            return nil
        }
        guard let text = value.string, let kind = Kind(rawValue: text) else {
            fault(key, value, Self.oneOf(words, not: value.string ?? ""))
            return nil
        }
        return kind
    }

    private static func oneOf(_ words: [String], not text: String) -> String {
        let nearest = NearestName.nearest(to: text, among: words).map { "; did you mean `\($0)`?" } ?? ""
        return "must be one of: \(words.joined(separator: ", "))\(nearest)"
    }

    /// A list of text; one text alone counts as a list of one.
    func strings(_ key: String) -> [String] {
        guard let value = value(key) else { return [] }
        if case .scalar(let scalar) = value { return [scalar.string] }
        guard case .sequence(let sequence) = value, sequence.allSatisfy(\.isScalar) else {
            fault(key, value, "must be a list of texts")
            return []
        }
        return sequence.compactMap(\.string)
    }

    /// A list of claim paths: each one name, or a list of names from the outside in.
    func claimPaths(_ key: String) -> [[String]] {
        guard let value = value(key) else { return [] }
        if case .scalar(let scalar) = value { return [[scalar.string]] }
        guard case .sequence(let sequence) = value else {
            fault(key, value, "must be a list of claims")
            return []
        }
        return sequence.compactMap { element in
            switch element {
            case .scalar(let scalar): return [scalar.string]
            case .sequence(let names) where names.allSatisfy(\.isScalar): return names.compactMap(\.string)
            default:
                fault(key, element, "a claim is one name, or a list of names from the outside in")
                return nil
            }
        }
    }

    /// The mapping below a key; nil when it is absent.
    func section(_ key: String) -> SettingsReader? {
        value(key).map { SettingsReader($0, file: file, path: inner(key), faults: faults) }
    }

    /// The mappings below a key, by name, in the order of the file.
    func sections(_ key: String, but words: [String] = []) -> [(name: String, reader: SettingsReader)] {
        guard let section = section(key) else { return [] }
        return section.members.filter { !words.contains($0.name) }.map { name, value in
            section.known.names.append(name)
            return (name, SettingsReader(value, file: file, path: section.inner(name), faults: faults))
        }
    }

    /// The mappings of a list.
    func list(_ key: String) -> [SettingsReader] {
        guard let value = value(key) else { return [] }
        guard case .sequence(let sequence) = value else {
            fault(key, value, "must be a list")
            return []
        }
        return sequence.enumerated().map {
            SettingsReader($1, file: file, path: "\(inner(key))[\($0)]", faults: faults)
        }
    }

    /// The names and texts of a mapping.
    func texts(_ key: String) -> [String: String] {
        guard let section = section(key) else { return [:] }
        var texts: [String: String] = [:]
        for (name, _) in section.members {
            texts[name] = section.string(name) ?? ""
        }
        return texts
    }

    /// The names and values of a mapping in which a value may be a reference to a secret.
    func settingValues(_ key: String) -> [String: SettingValue] {
        guard let section = section(key) else { return [:] }
        var values: [String: SettingValue] = [:]
        for (name, value) in section.members {
            guard case .mapping = value else {
                values[name] = .literal(section.string(name) ?? "")
                continue
            }
            values[name] = section.secret(name)
        }
        return values
    }

    /// A reference to a secret; a secret written out is a fault.
    func secret(_ key: String) -> SettingValue? {
        guard let value = value(key) else { return nil }
        guard case .mapping = value, let reference = section(key) else {
            fault(key, value, "must be a reference: {file: PATH} or {env: NAME}")
            return nil
        }
        defer { reference.finish() }
        let path = reference.string("file")
        let variable = reference.string("env")
        switch (path, variable) {
        case (let path?, nil): return .file(path)
        case (nil, let variable?): return .environment(variable)
        default:
            reference.fault("must be {file: PATH} or {env: NAME}")
            return nil
        }
    }

    /// Whether a key is there; it counts as known.
    func has(_ key: String) -> Bool {
        value(key) != nil
    }

    /// The value below a key as JSON; an empty object when it is absent.
    func json(_ key: String) -> [UInt8] {
        guard let value = value(key) else { return Array("{}".utf8) }
        return value.json.serialized
    }

    /// Reports every key nobody asked for, with the nearest one that exists.
    func finish() {
        for (name, value) in members where !known.names.contains(name) {
            let suggestion = NearestName.nearest(to: name, among: known.names).map { "; did you mean `\($0)`?" }
            let all = known.names.sorted().joined(separator: ", ")
            fault(name, value, "is not a known key\(suggestion ?? "; known here: \(all)")")
        }
    }
}

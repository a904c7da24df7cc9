package import JSON

/// What was approved of each plugin, and what waits.
package struct ApprovalBook: Hashable, Sendable {
    static let schema = "beamline.approvals/1"

    /// The record of one namespace.
    package struct Record: Hashable, Sendable {
        /// The plugin's id and version when something of it was approved last.
        package var id: String
        package var version: String
        /// Item → its definition as it was approved.
        package var approved: [String: JSONValue]
        /// Item → its definition as the running gateway withholds it.
        package var waiting: [String: JSONValue]

        package init(
            id: String,
            version: String,
            approved: [String: JSONValue] = [:],
            waiting: [String: JSONValue] = [:]
        ) {
            self.id = id
            self.version = version
            self.approved = approved
            self.waiting = waiting
        }
    }

    /// The namespaces in which something was approved.
    package private(set) var records: [String: Record] = [:]

    package init() {}

    /// Whether this very definition was approved.
    package func approves(_ definition: ItemDefinition, of namespace: String) -> Bool {
        guard let approved = records[namespace]?.approved[definition.key] else { return false }
        return ItemDefinition(key: definition.key, document: approved).digest == definition.digest
    }

    /// Approves definitions; those of items that are not among them stay as they were.
    package mutating func approve(_ definitions: [ItemDefinition], of namespace: String, id: String, version: String) {
        var record = records[namespace] ?? Record(id: id, version: version)
        record.id = id
        record.version = version
        for definition in definitions {
            record.approved[definition.key] = definition.document
            record.waiting[definition.key] = nil
        }
        records[namespace] = record
    }

    /// Approves what waits: all of it, or one item.
    /// - Returns: what was approved, in order; empty when nothing of it waits.
    package mutating func approveWaiting(of namespace: String, item: String? = nil) -> [ItemDefinition] {
        guard var record = records[namespace] else { return [] }
        let keys = record.waiting.keys.sorted().filter { item == nil || Self.isCalled($0, item) }
        let definitions = keys.compactMap { key in
            record.waiting[key].map { ItemDefinition(key: key, document: $0) }
        }
        for definition in definitions {
            record.approved[definition.key] = definition.document
            record.waiting[definition.key] = nil
        }
        records[namespace] = record
        return definitions
    }

    /// The most items of one plugin that are noted to wait, and the bytes of their definitions.
    package static let longestWait = (items: 1000, bytes: 4 << 20)

    /// Notes what a running gateway withholds of a namespace that has a record.
    ///
    /// Beyond `longestWait` items are withheld all the same, and noted when others before them were approved: a plugin
    /// does not make the file too long to be read.
    package mutating func note(waiting definitions: [ItemDefinition], of namespace: String) {
        guard records[namespace] != nil else { return }
        var waiting: [String: JSONValue] = [:]
        var bytes = 0
        for definition in definitions where waiting.count < Self.longestWait.items {
            bytes += definition.document.serialized.count
            guard bytes <= Self.longestWait.bytes else { break }
            waiting[definition.key] = definition.document
        }
        records[namespace]?.waiting = waiting
    }

    /// Whether an operator's word means an item: its kind and name, or its name alone.
    private static func isCalled(_ key: String, _ word: String?) -> Bool {
        guard let word else { return true }
        return key == word || key.drop { $0 != " " }.dropFirst() == word[...]
    }
}

/// The book as a file's text.
extension ApprovalBook {
    /// Reads what `serialized` writes.
    /// - Throws: a sentence that does not name the file.
    package init(parsing bytes: [UInt8]) throws(ApprovalFailure) {
        let root: JSONValue
        do {
            root = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 128, bytes: ApprovalFile.maximumBytes))
        } catch {
            throw ApprovalFailure(reason: "is not JSON: \(error)")
        }
        guard root["schema"]?.string == Self.schema, let plugins = root["plugins"]?.object else {
            throw ApprovalFailure(reason: "does not say \"schema\": \"\(Self.schema)\" with plugins")
        }
        for member in plugins.members {
            guard let id = member.value["id"]?.string, let version = member.value["version"]?.string,
                let approved = member.value["approved"]?.object, let waiting = member.value["waiting"]?.object
            else { throw ApprovalFailure(reason: "has a broken record of \(member.name)") }
            records[member.name] = Record(
                id: id,
                version: version,
                approved: Self.table(approved),
                waiting: Self.table(waiting)
            )
        }
    }

    package var serialized: [UInt8] {
        let plugins = records.sorted { $0.key < $1.key }.map { namespace, record in
            JSONObject.Member(
                name: namespace,
                value: [
                    "id": .string(record.id), "version": .string(record.version),
                    "approved": Self.object(record.approved), "waiting": Self.object(record.waiting),
                ]
            )
        }
        let root: JSONValue = ["schema": .string(Self.schema), "plugins": .object(JSONObject(members: plugins))]
        return root.serialized + [UInt8(ascii: "\n")]
    }

    private static func table(_ object: JSONObject) -> [String: JSONValue] {
        Dictionary(object.members.map { ($0.name, $0.value) }) { first, _ in first }
    }

    private static func object(_ table: [String: JSONValue]) -> JSONValue {
        .object(JSONObject(members: table.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: $0.value) }))
    }
}

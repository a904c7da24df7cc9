/// The members of an object, for a type that decodes itself.
///
/// Types mostly ask in the order in which the members were written, so each search begins after the last hit.
final class JSONNodeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let node: JSONNode
    private let end: Int
    private var next: Int

    init(_ node: JSONNode) throws(JSONNodeFault) {
        guard node.entry.kind == .object else { throw JSONNodeFault.mismatch("an object", node) }
        self.node = node
        end = Int(node.entry.next)
        next = node.position + 1
    }

    var codingPath: [any CodingKey] { JSONNodeDecoding.codingPath(of: node) }

    var allKeys: [Key] { node.members.compactMap { Key(stringValue: $0.name) } }

    /// The value of a name, or nil when there is none.
    private func find(_ name: String) -> JSONNode? {
        guard node.storage.hasUniqueNames else { return node[name] }
        return find(name, from: next, to: end) ?? find(name, from: node.position + 1, to: next)
    }

    private func find(_ name: String, from start: Int, to end: Int) -> JSONNode? {
        var position = start
        while position < end {
            let value = JSONNode(storage: node.storage, position: position + 1)
            if JSONNode(storage: node.storage, position: position).isString(name) {
                next = Int(value.entry.next)
                return value
            }
            position = Int(value.entry.next)
        }
        return nil
    }

    private func require(_ key: Key) throws(JSONNodeFault) -> JSONNode {
        guard let value = find(key.stringValue) else {
            throw JSONNodeFault(node, "needs the member \"\(key.stringValue)\"")
        }
        return value
    }

    private func present(_ key: Key) -> JSONNode? {
        find(key.stringValue).flatMap { $0.isNull ? nil : $0 }
    }

    func contains(_ key: Key) -> Bool {
        find(key.stringValue) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        try require(key).isNull
    }

    func decode<T: JSONScalar>(_ type: T.Type, forKey key: Key) throws -> T {
        try T.read(try require(key))
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try JSONNodeDecoding.value(T.self, of: try require(key))
    }

    func decodeIfPresent<T: JSONScalar>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = present(key) else { return nil }
        return try T.read(value)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        guard let value = present(key) else { return nil }
        return try JSONNodeDecoding.value(T.self, of: value)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        KeyedDecodingContainer(try JSONNodeKeyedContainer<NestedKey>(try require(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONNodeUnkeyedContainer(try require(key))
    }

    func superDecoder() throws -> any Decoder {
        guard let value = find("super") else { throw JSONNodeFault(node, "needs the member \"super\"") }
        return JSONNodeDecoding(node: value)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        JSONNodeDecoding(node: try require(key))
    }
}

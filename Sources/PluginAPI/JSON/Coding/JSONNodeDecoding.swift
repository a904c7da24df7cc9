/// What a type sees of a node while it decodes itself.
struct JSONNodeDecoding: Decoder {
    let node: JSONNode

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var codingPath: [any CodingKey] { Self.codingPath(of: node) }

    static func codingPath(of node: JSONNode) -> [any CodingKey] {
        node.path(from: JSONNode(storage: node.storage, position: 0)).tokens.map(JSONCodingKey.init(stringValue:))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try JSONNodeKeyedContainer<Key>(node))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try JSONNodeUnkeyedContainer(node)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }

    /// Reads a nested value, and puts a place on whatever it throws.
    static func value<T: Decodable>(_ type: T.Type, of node: JSONNode) throws -> T {
        if T.self == JSONValue.self, let tree = node.value as? T { return tree }
        do {
            return try T(from: JSONNodeDecoding(node: node))
        } catch let error as JSONNodeFault {
            throw error
        } catch DecodingError.keyNotFound(let key, _) {
            throw JSONNodeFault(node, "needs the member \"\(key.stringValue)\"")
        } catch {
            // A type's own words may quote the value, which may be a secret.
            throw JSONNodeFault(node, "is not one of the accepted values")
        }
    }
}

extension JSONNodeDecoding: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        node.isNull
    }

    func decode<T: JSONScalar>(_ type: T.Type) throws -> T {
        try T.read(node)
    }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try Self.value(T.self, of: node)
    }
}

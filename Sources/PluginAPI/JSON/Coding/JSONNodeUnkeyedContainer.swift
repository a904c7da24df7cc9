/// The elements of an array, for a type that decodes itself.
struct JSONNodeUnkeyedContainer: UnkeyedDecodingContainer {
    private let node: JSONNode
    private var elements: JSONElements
    private(set) var currentIndex = 0

    init(_ node: JSONNode) throws(JSONNodeFault) {
        guard node.entry.kind == .array else { throw JSONNodeFault.mismatch("an array", node) }
        self.node = node
        elements = node.elements
    }

    var codingPath: [any CodingKey] { JSONNodeDecoding.codingPath(of: node) }

    var count: Int? { node.elements.reduce(0) { count, _ in count + 1 } }

    var isAtEnd: Bool { elements.range.isEmpty }

    private mutating func take() throws(JSONNodeFault) -> JSONNode {
        guard let element = elements.next() else { throw JSONNodeFault(node, "has too few elements") }
        currentIndex += 1
        return element
    }

    mutating func decodeNil() throws -> Bool {
        var ahead = elements
        guard let element = ahead.next() else { throw JSONNodeFault(node, "has too few elements") }
        guard element.isNull else { return false }
        _ = try take()
        return true
    }

    mutating func decode<T: JSONScalar>(_ type: T.Type) throws -> T {
        try T.read(try take())
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        try JSONNodeDecoding.value(T.self, of: try take())
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        KeyedDecodingContainer(try JSONNodeKeyedContainer<NestedKey>(try take()))
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try JSONNodeUnkeyedContainer(try take())
    }

    mutating func superDecoder() throws -> any Decoder {
        JSONNodeDecoding(node: try take())
    }
}

/// An array being written by a type that encodes itself.
struct JSONStreamArray: UnkeyedEncodingContainer {
    let state: JSONEncodingState
    let depth: Int
    let identifier: Int
    private(set) var count = 0

    var codingPath: [any CodingKey] { [] }

    init(state: JSONEncodingState, depth: Int, identifier: Int) {
        self.state = state
        self.depth = depth
        self.identifier = identifier
    }

    private mutating func begin() throws(JSONEncodingError) {
        try state.select(identifier, at: depth)
        count += 1
    }

    mutating func encodeNil() throws {
        try begin()
        state.writer.writeNull()
    }

    mutating func encode<T: JSONScalar>(_ value: T) throws {
        try begin()
        do throws(JSONEncodingError) {
            try value.write(to: &state.writer)
        } catch {
            throw state.leave(String(count - 1), with: error)
        }
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        try begin()
        try state.write(value, at: String(count - 1))
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        // A failure to begin is noted in the state and thrown at the end.
        _ = try? begin()
        let identifier = state.begin(isObject: true)
        return KeyedEncodingContainer(
            JSONStreamObject<NestedKey>(state: state, depth: state.depth, identifier: identifier)
        )
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        _ = try? begin()
        let identifier = state.begin(isObject: false)
        return JSONStreamArray(state: state, depth: state.depth, identifier: identifier)
    }

    mutating func superEncoder() -> any Encoder {
        _ = try? begin()
        return JSONStreamEncoder(state: state, depth: depth, start: state.writer.bytes.count)
    }
}

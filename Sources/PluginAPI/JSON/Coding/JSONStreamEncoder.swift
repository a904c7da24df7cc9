/// What a type sees while it encodes itself: the place of one value in the text.
struct JSONStreamEncoder: Encoder {
    let state: JSONEncodingState
    /// How many containers are open around the value.
    let depth: Int
    /// How long the text was before the value.
    let start: Int

    /// Always empty: places are gathered only when something fails.
    var codingPath: [any CodingKey] { [] }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        let identifier = state.begin(isObject: true, at: depth, after: start)
        return KeyedEncodingContainer(JSONStreamObject<Key>(state: state, depth: depth + 1, identifier: identifier))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        let identifier = state.begin(isObject: false, at: depth, after: start)
        return JSONStreamArray(state: state, depth: depth + 1, identifier: identifier)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        self
    }
}

extension JSONStreamEncoder: SingleValueEncodingContainer {
    func encodeNil() throws {
        try state.selectScalar(at: depth, after: start)
        state.writer.writeNull()
    }

    func encode<T: JSONScalar>(_ value: T) throws {
        try state.selectScalar(at: depth, after: start)
        try value.write(to: &state.writer)
    }

    func encode<T: Encodable>(_ value: T) throws {
        try state.selectScalar(at: depth, after: start)
        try state.write(value, at: nil)
    }
}

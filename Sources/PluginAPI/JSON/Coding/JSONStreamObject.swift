/// An object being written by a type that encodes itself.
struct JSONStreamObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let state: JSONEncodingState
    let depth: Int
    let identifier: Int

    var codingPath: [any CodingKey] { [] }

    private func begin(_ name: String) throws(JSONEncodingError) {
        try state.select(identifier, at: depth)
        state.writer.name(name)
    }

    func encodeNil(forKey key: Key) throws {
        try begin(key.stringValue)
        state.writer.writeNull()
    }

    func encode<T: JSONScalar>(_ value: T, forKey key: Key) throws {
        try begin(key.stringValue)
        do throws(JSONEncodingError) {
            try value.write(to: &state.writer)
        } catch {
            throw state.leave(key.stringValue, with: error)
        }
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try begin(key.stringValue)
        try state.write(value, at: key.stringValue)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        // A failure to begin is noted in the state and thrown at the end.
        _ = try? begin(key.stringValue)
        let identifier = state.begin(isObject: true)
        return KeyedEncodingContainer(
            JSONStreamObject<NestedKey>(state: state, depth: state.depth, identifier: identifier)
        )
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        _ = try? begin(key.stringValue)
        let identifier = state.begin(isObject: false)
        return JSONStreamArray(state: state, depth: state.depth, identifier: identifier)
    }

    func superEncoder() -> any Encoder {
        encoder(named: "super")
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        encoder(named: key.stringValue)
    }

    private func encoder(named name: String) -> any Encoder {
        _ = try? begin(name)
        return JSONStreamEncoder(state: state, depth: depth, start: state.writer.bytes.count)
    }
}

/// Writes `Encodable` types straight into JSON text: compact, members in the order in which the type encodes them.
///
/// A nil encoded with `encodeIfPresent`, which is what synthesized code does, is left out. Dictionaries are written
/// in the order of their names' bytes, so equal values give equal texts.
public struct JSONBytesEncoder: Sendable {
    /// How many bytes to make room for at first.
    private let capacity: Int

    /// Creates an encoder.
    public init(capacity: Int = 1024) {
        self.capacity = capacity
    }

    /// Writes one value.
    /// - Throws: `JSONEncodingError` with the place of what cannot be written.
    public func encode(_ value: some Encodable) throws(JSONEncodingError) -> [UInt8] {
        let state = JSONEncodingState(JSONWriter(capacity: capacity))
        do {
            try state.write(value, at: nil)
        } catch {
            throw state.failure(from: error)
        }
        if let misuse = state.misuse { throw misuse }
        return state.writer.bytes
    }
}

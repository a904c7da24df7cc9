/// A decoder of bytes that anybody may send, and what must hold whatever they are.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case json, patterns, schemas, messages, headers, addresses, events, cursors, seals, states, frames, forms, wire,
        texts

    /// Says what does not hold for some bytes; nil when all is well.
    package func fault(in bytes: [UInt8]) -> String? {
        switch self {
        case .json: JSONProperties.fault(in: bytes)
        case .patterns: SchemaProperties.fault(inPattern: bytes)
        case .schemas: SchemaProperties.fault(inSchema: bytes)
        case .messages: MessageProperties.fault(in: bytes)
        case .headers: HeaderProperties.fault(in: bytes)
        case .addresses: AddressProperties.fault(in: bytes)
        case .events: EventProperties.fault(in: bytes)
        case .cursors: CursorProperties.fault(in: bytes)
        case .seals: SealProperties.fault(in: bytes)
        case .states: StateProperties.fault(in: bytes)
        case .frames: FrameProperties.fault(in: bytes)
        case .forms: FormProperties.fault(in: bytes)
        case .wire: WireProperties.fault(in: bytes)
        case .texts: TextProperties.fault(in: bytes)
        }
    }
}

/// The two parts of an input that has two, which stand on both sides of the first line feed.
func parts(of bytes: [UInt8]) -> (String, String)? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
        let first = String(validating: bytes[..<end], as: UTF8.self),
        let second = String(validating: bytes[(end + 1)...], as: UTF8.self)
    else { return nil }
    return (first, second)
}

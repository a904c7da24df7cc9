package import JSON

/// The id of a request, kept as it was written: what goes back is what came, to the byte.
package struct RequestIdentifier: Hashable, Sendable {
    /// A JSON string or integer.
    package let bytes: ArraySlice<UInt8>

    /// Takes a string or an integer; nil for anything else (MCP narrows JSON-RPC here: never null, no fraction).
    package init?(_ node: JSONNode) {
        switch node.kind {
        case .string: break
        case .number where node.bytes.allSatisfy(Self.isInteger): break
        default: return nil
        }
        bytes = node.bytes
    }

    /// The id on its own, to be kept longer than the request it came with; nil when it is longer than 1024 bytes.
    package var kept: RequestIdentifier? {
        bytes.count <= 1024 ? RequestIdentifier(copying: bytes) : nil
    }

    private init(copying bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)[...]
    }

    private static func isInteger(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
}

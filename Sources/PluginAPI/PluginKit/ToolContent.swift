import JSON

/// A tool's answer that is there to be read, heard or looked at, in the place of a structured value.
///
/// For what JSON cannot say, such as a picture. A tool with this output has no output schema.
public struct ToolContent: Encodable, Hashable, Sendable {
    /// The pieces, in the order shown.
    public let blocks: [ContentBlock]

    /// Creates an answer.
    public init(_ blocks: ContentBlock...) {
        self.blocks = blocks
    }

    /// Creates an answer.
    public init(_ blocks: [ContentBlock]) {
        self.blocks = blocks
    }

    /// Writes the array of blocks.
    public func encode(to encoder: any Encoder) throws {
        try JSONValue.array(blocks.map(\.document)).encode(to: encoder)
    }
}

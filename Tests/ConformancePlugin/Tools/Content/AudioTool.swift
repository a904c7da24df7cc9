package import PluginKit

/// Answers with a sound.
package struct AudioTool: Tool {
    package struct Input: Decodable, Sendable {}

    package static let description = ToolDescription(
        name: "test_audio_content",
        title: "Sound",
        summary: "Answers with a sound.",
        input: .object([]),
        output: nil
    )

    package init() {}

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> ToolContent {
        ToolContent(.audio(SampleMedia.sound, mimeType: "audio/wav"))
    }
}

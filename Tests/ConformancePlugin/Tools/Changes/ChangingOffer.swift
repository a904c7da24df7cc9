import PluginKit
import Synchronization

/// What the fixture offers beyond its manifest: one tool and one prompt, each there or not.
final class ChangingOffer: Sendable {
    private struct State {
        var hasTool = false
        var hasPrompt = false
    }

    private let state = Mutex(State())

    var tools: [any Tool] { state.withLock { $0.hasTool } ? [DynamicTool()] : [] }

    var prompts: [any Prompt] { state.withLock { $0.hasPrompt } ? [DynamicPrompt()] : [] }

    func turnTool() {
        state.withLock { $0.hasTool.toggle() }
    }

    func turnPrompt() {
        state.withLock { $0.hasPrompt.toggle() }
    }
}

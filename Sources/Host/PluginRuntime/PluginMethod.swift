/// What a plugin can be asked to do (`BEAM_M_START` and following).
package enum PluginMethod: UInt32, Hashable, Sendable, CaseIterable {
    case start = 1
    case stop = 2
    case health = 3
    case list = 4
    case toolCall = 16
    case resourceRead = 17
    case promptGet = 18
    case completion = 19
    case subscribe = 20
    case authorize = 32
    case sourceQuery = 33

    /// Whether calls of this method count towards the plugin's `concurrency`.
    ///
    /// Those of a source do not: a call that waits for its own plugin's source would wait for its own end. The source's
    /// places bound them.
    var isCounted: Bool {
        switch self {
        case .start, .stop, .health, .list, .subscribe, .sourceQuery: false
        case .toolCall, .resourceRead, .promptGet, .completion, .authorize: true
        }
    }
}

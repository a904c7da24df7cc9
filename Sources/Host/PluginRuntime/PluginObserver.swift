/// Hears what a plugin says of itself and what it does wrong.
///
/// Called on any thread; must return at once.
package protocol PluginObserver: Sendable {
    /// A line for the operator's log.
    func logged(_ line: PluginLogLine)
    /// The plugin's dynamic items changed: `{"lists":["tools",…]}`, not yet checked.
    func listsChanged(_ body: [UInt8])
    /// A resource changed: `{"uri":…}`, not yet checked.
    func resourceUpdated(_ body: [UInt8])
    func misbehaved(_ misbehaviour: PluginMisbehaviour)
}

/// A line a plugin writes to the operator's log.
package struct PluginLogLine: Hashable, Sendable {
    /// How serious, from 0 (trace) to 6 (critical).
    package let level: Int
    /// At most 8 KiB; repaired to UTF-8.
    package let message: String
    /// A JSON object as text, not yet checked, at most 16 KiB; or empty.
    package let fields: [UInt8]
    /// The call it is about, or 0.
    package let call: UInt64

    package init(level: Int, message: String, fields: [UInt8] = [], call: UInt64 = 0) {
        self.level = level
        self.message = message
        self.fields = fields
        self.call = call
    }
}

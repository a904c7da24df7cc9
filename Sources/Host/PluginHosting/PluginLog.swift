import JSON
import Logging
import PluginRuntime

/// Writes what a plugin says and does wrong to the operator's log, and passes its notices on.
struct PluginLog: PluginObserver {
    let logger: Logger
    /// Told when the plugin's dynamic items changed.
    let changed: @Sendable () -> Void
    /// Told the local URI of a resource that changed.
    var updated: @Sendable (String) -> Void = { _ in }

    func logged(_ line: PluginLogLine) {
        var metadata: Logger.Metadata = [:]
        if let members = (try? JSONValue(parsing: line.fields))?.object?.members {
            for member in members.prefix(Self.maximumFields) {
                let text = member.value.string ?? String(decoding: member.value.serialized, as: UTF8.self)
                metadata["plugin.\(CallerText.cleaned(member.name) ?? "")"] = "\(CallerText.cleaned(text) ?? "")"
            }
        }
        logger.log(
            level: Self.levels[min(max(line.level, 0), Self.levels.count - 1)],
            "\(CallerText.cleaned(line.message) ?? "")",
            metadata: metadata
        )
    }

    func listsChanged(_ body: [UInt8]) { changed() }

    func resourceUpdated(_ body: [UInt8]) {
        guard let uri = (try? JSONDocument(parsing: body))?.root["uri"]?.string else { return }
        updated(uri)
    }

    func misbehaved(_ misbehaviour: PluginMisbehaviour) {
        logger.warning("\(misbehaviour)")
    }

    /// Level 0 to 6 of the plugin contract.
    private static let levels: [Logger.Level] = [.trace, .debug, .info, .notice, .warning, .error, .critical]
    /// How many fields of a line are kept.
    private static let maximumFields = 32
}

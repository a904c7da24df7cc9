import PluginRuntime
import Synchronization

/// Keeps what a plugin says and does wrong.
final class RecordingObserver: PluginObserver {
    private let state = Mutex<(lines: [String], misbehaviours: [PluginMisbehaviour])>(([], []))

    var lines: [String] { state.withLock { $0.lines } }
    var misbehaviours: [PluginMisbehaviour] { state.withLock { $0.misbehaviours } }

    func logged(_ line: PluginLogLine) { state.withLock { $0.lines.append(line.message) } }
    func listsChanged(_ body: [UInt8]) {}
    func resourceUpdated(_ body: [UInt8]) {}
    func misbehaved(_ misbehaviour: PluginMisbehaviour) { state.withLock { $0.misbehaviours.append(misbehaviour) } }
}

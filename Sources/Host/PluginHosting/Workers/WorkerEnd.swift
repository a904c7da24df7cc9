package import PluginWire

/// Why a worker is gone.
package enum WorkerEnd: Hashable, Sendable {
    /// It closed its end: it crashed or was killed.
    case closed
    /// It left pings unanswered.
    case silent
    /// It used more memory than its manifest says.
    case memory(bytes: Int)
    /// It does not read what it is sent.
    case deaf
    /// It sent what is no message.
    case spokeWrongly(FrameError)
    /// It kept calls that were cancelled long ago.
    case ignoredCancel
    /// It did not become ready in time.
    case late
    /// It was told to end.
    case stopped
}

extension WorkerEnd: CustomStringConvertible {
    /// The end of a sentence that begins with "The worker".
    package var description: String {
        switch self {
        case .closed: "crashed"
        case .silent: "did not answer and was ended: something in the plugin holds the thread that takes calls"
        case .memory(let bytes):
            "used \(bytes >> 20) MiB and was ended; the manifest's memory_mb says how much it may"
        case .deaf: "did not read what it was sent and was ended"
        case .spokeWrongly(let error): "sent what is no message (\(error)) and was ended"
        case .ignoredCancel: "kept a cancelled call and was replaced"
        case .late: "was not ready in time and was ended"
        case .stopped: "was told to end"
        }
    }
}

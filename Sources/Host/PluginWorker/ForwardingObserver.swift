import PluginRuntime
import PluginWire

/// Tells the gateway what a plugin says of itself, and what only this process sees of its faults.
struct ForwardingObserver: PluginObserver {
    private let channel: WorkerChannel
    private let gatewayNumber: @Sendable (UInt64) -> UInt64

    /// `gatewayNumber` turns a call's number here into the gateway's, or into 0.
    init(_ channel: WorkerChannel, gatewayNumber: @escaping @Sendable (UInt64) -> UInt64 = { _ in 0 }) {
        self.channel = channel
        self.gatewayNumber = gatewayNumber
    }

    func logged(_ line: PluginLogLine) {
        guard !channel.isCongested else { return }
        channel.send(
            .logged(
                call: gatewayNumber(line.call),
                level: UInt32(line.level),
                message: line.message,
                fields: line.fields[...]
            )
        )
    }

    // `BEAM_N_LIST_CHANGED` and `BEAM_N_RESOURCE_UPDATED`: not dropped, and so few bytes that they need not be.
    func listsChanged(_ body: [UInt8]) { channel.send(.notified(kind: 1, body: body[...])) }
    func resourceUpdated(_ body: [UInt8]) { channel.send(.notified(kind: 2, body: body[...])) }

    func misbehaved(_ misbehaviour: PluginMisbehaviour) {
        switch misbehaviour {
        case .staleCompletions(let count): channel.send(.misbehaved(.staleCompletions(count)))
        case .completedAndRefused(let item): channel.send(.misbehaved(.completedAndRefused(item: item)))
        case .slowSubmit(let item, let duration):
            channel.send(.misbehaved(.slowSubmit(item: item, nanoseconds: duration.wholeNanoseconds)))
        // The gateway sees these itself.
        case .malformedResult, .resultTooLarge, .ignoredCancel, .neverEnded: break
        }
    }
}

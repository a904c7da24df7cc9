package import GatewayCore

/// One message under way and who waits for what becomes of it.
package struct Delivery: Sendable {
    package enum Order: Sendable {
        case message(SourceMessage)
        case exchange(SourceExchange)

        var deadline: Deadline {
            switch self {
            case .message(let message): message.deadline
            case .exchange(let exchange): exchange.deadline
            }
        }
    }

    /// How far the message has come.
    enum Stage: Hashable, Sendable {
        /// For a connection.
        case waiting
        /// Behind others.
        case queued
        /// Some of it may be with the broker.
        case begun
        /// The broker has said that it has it.
        case confirmed
    }

    let order: Order
    var stage = Stage.waiting
    /// The number of the queue for the answer.
    var replyQueue: UInt64?

    init(_ order: Order) {
        self.order = order
    }

    var deadline: Deadline { order.deadline }

    /// The answer when it ends before its time; `early` is what is said of a message that never left.
    func ending(_ early: SourceError, _ detail: String) -> SourceError {
        switch stage {
        case .waiting, .queued: early
        case .begun: .unconfirmed(detail: detail)
        case .confirmed: .unanswered(detail: detail)
        }
    }
}

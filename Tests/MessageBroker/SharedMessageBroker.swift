/// The broker most tests of one run share, because it takes seconds to start; nobody may stop it.
package actor SharedMessageBroker {
    private static let shared = SharedMessageBroker()

    private var starting: Task<MessageBroker, any Error>?

    package static func broker() async throws -> MessageBroker { try await shared.task().value }

    private func task() -> Task<MessageBroker, any Error> {
        if let starting { return starting }
        let task = Task { try await MessageBroker.start() }
        starting = task
        return task
    }
}

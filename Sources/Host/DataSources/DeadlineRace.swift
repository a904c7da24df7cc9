internal import GatewayCore

/// Ends what does not end by itself.
enum DeadlineRace {
    /// Runs an operation and cancels it at the deadline.
    ///
    /// A driver that does not listen to cancellation keeps its place for as long as it hangs: the place stands for a
    /// connection that is taken.
    ///
    /// What the operation says after the deadline counts only with `isLastWord`: where the driver alone knows what has
    /// come of it, as of a message that may have left.
    static func run<Answer: Sendable>(
        by deadline: Deadline,
        isLastWord: Bool = false,
        _ operation: @escaping @Sendable () async throws(SourceError) -> Answer
    ) async -> Result<Answer, SourceError> {
        await withTaskGroup(of: Result<Answer, SourceError>?.self) { group in
            group.addTask {
                do throws(SourceError) {
                    return .success(try await operation())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                // A sleep that throws was cancelled because the operation is over.
                try? await SuspendingClock().sleep(until: deadline.instant)
                return nil
            }
            var answer: Result<Answer, SourceError>?
            var isLate = false
            for await ended in group {
                if let ended {
                    answer = ended
                } else {
                    isLate = answer == nil && !Task.isCancelled && !isLastWord
                }
                group.cancelAll()
            }
            guard let answer, !isLate else { return .failure(Task.isCancelled ? .cancelled : .timeout) }
            return answer
        }
    }
}

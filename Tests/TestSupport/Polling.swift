/// Waiting for what another process does: nothing tells us, so we look again and again.
package enum Polling {
    /// It did not happen in time.
    package struct TimedOut: Error, CustomStringConvertible {
        package let description: String
    }

    /// Asks again and again, by default every ten milliseconds, until there is an answer.
    /// - Throws: `TimedOut` when there is none within the limit, and what the question throws.
    package static func wait<Answer>(
        for what: String,
        within limit: Duration = .seconds(120),
        every pause: Duration = .milliseconds(10),
        _ question: () async throws -> Answer?
    ) async throws -> Answer {
        let end = ContinuousClock.now + limit
        while true {
            if let answer = try await question() { return answer }
            guard ContinuousClock.now < end else { throw TimedOut(description: "\(what): not within \(limit)") }
            try await Task.sleep(for: pause)
        }
    }

    /// Waits until something in this process is so.
    ///
    /// What never comes is a bug that would hang the whole run, so it ends the run and says what was waited for.
    package static func until(
        _ what: @autoclosure () -> String = "what the test waits for",
        within limit: Duration = .seconds(120),
        file: StaticString = #file,
        line: UInt = #line,
        _ isSo: () async -> Bool
    ) async {
        let end = ContinuousClock.now + limit
        while await !isSo() {
            guard ContinuousClock.now < end else {
                preconditionFailure("\(what()) did not come within \(limit)", file: file, line: line)
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}

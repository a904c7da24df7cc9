import DataSources
import Testing

@Suite("The breaker of a source")
struct CircuitBreakerTests {
    /// What happens at one moment, in seconds from the start.
    enum Step {
        /// An operation is let through and ends at once with this evidence.
        case ends(Int, CircuitBreaker.Evidence)
        /// An operation is turned away for so many seconds.
        case refused(Int, for: Int)
    }

    struct Course: CustomTestStringConvertible {
        let testDescription: String
        let steps: [Step]
        let state: CircuitBreaker.State

        init(_ description: String, _ steps: [Step], _ state: CircuitBreaker.State) {
            testDescription = description
            self.steps = steps
            self.state = state
        }
    }

    private static let start = SuspendingClock.now
    private static let policy = BreakerPolicy(
        failures: 3,
        window: .seconds(60),
        firstRest: .seconds(4),
        longestRest: .seconds(10)
    )

    private static func moment(_ seconds: Int) -> SuspendingClock.Instant {
        start.advanced(by: .seconds(seconds))
    }

    private static func closedBreaker(jitter: Double = 0) -> CircuitBreaker {
        CircuitBreaker(policy: policy) { jitter }
    }

    /// One that opened at the start.
    private static func openBreaker(jitter: Double = 0) throws -> CircuitBreaker {
        var breaker = closedBreaker(jitter: jitter)
        for _ in 0..<3 {
            let pass = try #require(Self.pass(&breaker, 0))
            breaker.note(.dead, of: pass, at: moment(0))
        }
        return breaker
    }

    private static func pass(_ breaker: inout CircuitBreaker, _ seconds: Int) -> CircuitBreaker.Pass? {
        guard case .admitted(let pass) = breaker.admit(at: moment(seconds)) else { return nil }
        return pass
    }

    @Test(arguments: [
        Course("one failure less than it takes", [.ends(0, .dead), .ends(1, .dead)], .closed),
        Course(
            "as many as it takes",
            [.ends(0, .dead), .ends(1, .dead), .ends(2, .dead), .refused(3, for: 3)],
            .open
        ),
        Course(
            "an answer in between begins the count again",
            [.ends(0, .dead), .ends(1, .dead), .ends(2, .alive), .ends(3, .dead), .ends(4, .dead)],
            .closed
        ),
        Course(
            "what shows nothing counts for nothing",
            [.ends(0, .dead), .ends(1, .dead), .ends(2, .none), .ends(3, .dead)],
            .open
        ),
        Course("the last moment of the window", [.ends(0, .dead), .ends(1, .dead), .ends(60, .dead)], .open),
        Course("a failure too old", [.ends(0, .dead), .ends(1, .dead), .ends(61, .dead)], .closed),
        Course(
            "the rest doubles with every failed probe, up to the longest",
            [
                .ends(0, .dead), .ends(0, .dead), .ends(0, .dead), .refused(0, for: 4), .refused(3, for: 1),
                .ends(4, .dead), .refused(4, for: 8), .ends(12, .dead), .refused(12, for: 10), .ends(22, .dead),
                .refused(22, for: 10),
            ],
            .open
        ),
        Course(
            "an answered probe closes it, and the next rest is the first again",
            [
                .ends(0, .dead), .ends(0, .dead), .ends(0, .dead), .ends(4, .dead), .ends(12, .alive), .ends(12, .dead),
                .ends(12, .dead), .ends(12, .dead), .refused(12, for: 4),
            ],
            .open
        ),
        Course(
            "a probe that shows nothing lets the next one through",
            [.ends(0, .dead), .ends(0, .dead), .ends(0, .dead), .ends(4, .none), .ends(4, .alive)],
            .closed
        ),
    ])
    func `opens, rests and closes`(course: Course) {
        var breaker = Self.closedBreaker()
        for step in course.steps {
            switch step {
            case .ends(let seconds, let evidence):
                guard let pass = Self.pass(&breaker, seconds) else {
                    Issue.record("turned away at \(seconds)")
                    return
                }
                breaker.note(evidence, of: pass, at: Self.moment(seconds))
            case .refused(let seconds, let wait):
                #expect(breaker.admit(at: Self.moment(seconds)) == .refused(retryAfter: .seconds(wait)))
            }
        }
        #expect(breaker.state == course.state)
    }

    @Test func `one probe at a time, and the next not before the doubled rest`() throws {
        var breaker = try Self.openBreaker()
        _ = try #require(Self.pass(&breaker, 4))
        #expect(breaker.state == .halfOpen)
        #expect(breaker.admit(at: Self.moment(4)) == .refused(retryAfter: .seconds(8)))
        #expect(Self.pass(&breaker, 11) == nil)
        let second = try #require(Self.pass(&breaker, 12))
        breaker.note(.alive, of: second, at: Self.moment(13))
        #expect(breaker.state == .closed)
    }

    @Test func `what was let through before it opened decides nothing after`() throws {
        var breaker = Self.closedBreaker()
        let slow = try #require(Self.pass(&breaker, 0))
        for _ in 0..<3 {
            let pass = try #require(Self.pass(&breaker, 0))
            breaker.note(.dead, of: pass, at: Self.moment(0))
        }
        breaker.note(.alive, of: slow, at: Self.moment(1))
        #expect(breaker.state == .open)
        let probe = try #require(Self.pass(&breaker, 4))
        breaker.note(.alive, of: probe, at: Self.moment(4))
        #expect(breaker.state == .closed)
        breaker.note(.dead, of: probe, at: Self.moment(5))
        #expect(breaker.failuresInRow == 0)
    }

    @Test(arguments: [(0.0, 4000), (0.5, 4500), (1.0, 5000), (7.0, 5000), (-1.0, 4000)])
    func `jitter adds up to a quarter`(jitter: Double, milliseconds: Int) throws {
        let breaker = try Self.openBreaker(jitter: jitter)
        #expect(breaker.refusal(at: Self.moment(0)) == .milliseconds(milliseconds))
    }
}

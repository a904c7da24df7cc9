import GatewayCore
import MCPModel
import Synchronization

/// The sessions of clients that begin with `initialize`: few, short-lived, and each its owner's alone.
package final class SessionStore: Sendable {
    /// How many sessions there may be, and for how long.
    package struct Limits: Hashable, Sendable {
        /// How many sessions there are at most; one more `initialize` is answered 503.
        package var sessions: Int
        /// How many of them one caller has at most; one more ends the one that caller has not used for longest.
        package var sessionsPerOwner: Int
        /// How long a session lasts without a request.
        package var idleTime: Duration
        /// How many running requests of one session its client can cancel; one more runs to its end.
        package var cancellableRequests: Int
        /// How many calls of one caller may wait for an answer to what they asked.
        package var questionsPerOwner: Int

        package init(
            sessions: Int = 1000,
            sessionsPerOwner: Int = 100,
            idleTime: Duration = .seconds(30 * 60),
            cancellableRequests: Int = 256,
            questionsPerOwner: Int = 16
        ) {
            self.sessions = max(1, sessions)
            self.sessionsPerOwner = max(1, sessionsPerOwner)
            self.idleTime = idleTime
            self.cancellableRequests = max(1, cancellableRequests)
            self.questionsPerOwner = max(1, questionsPerOwner)
        }
    }

    private struct Record {
        let owner: SessionOwner
        let revision: Revision
        let running: RunningRequests
        let watched = WatchedResources()
        let abilities: ClientAbilities
        let pending = PendingAnswers()
        var severity: Severity?
        var lastUse: SuspendingClock.Instant

        /// What goes with a session: nothing waits for its client any more.
        func end() {
            watched.end()
            pending.end(forGood: true)
        }
    }

    private struct Questioner: Hashable {
        let issuer: String
        let subject: String
    }

    private struct State {
        private(set) var records: [String: Record] = [:]
        /// The sessions of each owner, so that one of many is begun as fast as the first.
        private(set) var owned: [SessionOwner: Set<String>] = [:]

        subscript(id: String) -> Record? {
            get { records[id] }
            set {
                if let former = records[id] {
                    owned[former.owner]?.remove(id)
                    if owned[former.owner]?.isEmpty == true { owned[former.owner] = nil }
                }
                records[id] = newValue
                if let newValue { owned[newValue.owner, default: []].insert(id) }
            }
        }

        /// Changes a session that stays its owner's.
        mutating func update(_ id: String, _ change: (inout Record) -> Void) {
            guard var record = records[id] else { return }
            change(&record)
            records[id] = record
        }
    }

    private let currentLimits: Mutex<Limits>
    private let now: @Sendable () -> SuspendingClock.Instant
    private let questions = Mutex<[Questioner: Int]>([:])
    private let state = Mutex(State())

    /// Creates a store; `now` tells the time.
    package init(
        limits: Limits = Limits(),
        now: @escaping @Sendable () -> SuspendingClock.Instant = { SuspendingClock.now }
    ) {
        currentLimits = Mutex(limits)
        self.now = now
    }

    /// Keeps to other limits from now on; sessions there are stay until they expire.
    package func adopt(_ limits: Limits) {
        currentLimits.withLock { $0 = limits }
    }

    private var limits: Limits { currentLimits.withLock { $0 } }

    /// How many sessions there are, those included that have expired but were not looked for since.
    package var count: Int { state.withLock { $0.records.count } }

    /// Begins a session.
    /// - Returns: its id, or nil when no more are possible.
    func begin(
        for owner: SessionOwner,
        revision: Revision,
        abilities: ClientAbilities = []
    ) -> String? {
        let id = Self.newIdentifier()
        let moment = now()
        let limits = limits
        var ended: Record?
        defer { ended?.end() }
        return state.withLock { state in
            if state.records.count >= limits.sessions {
                for (id, record) in state.records where Self.hasExpired(record, at: moment, limits) { state[id] = nil }
            }
            if let owned = state.owned[owner], owned.count >= limits.sessionsPerOwner {
                let uses = owned.compactMap { id in state[id].map { (id, $0.lastUse) } }
                if let oldest = uses.min(by: { $0.1 < $1.1 }) {
                    ended = state[oldest.0]
                    state[oldest.0] = nil
                }
            }
            guard state.records.count < limits.sessions else { return nil }
            state[id] = Record(
                owner: owner,
                revision: revision,
                running: RunningRequests(limit: limits.cancellableRequests),
                abilities: abilities,
                lastUse: moment
            )
            return id
        }
    }

    /// A session in use; nil when there is none of this id for this owner.
    func session(_ id: String, for owner: SessionOwner) -> Session? {
        let moment = now()
        let limits = limits
        return state.withLock { state in
            guard let record = state[id], record.owner == owner else { return nil }
            guard !Self.hasExpired(record, at: moment, limits) else {
                state[id] = nil
                return nil
            }
            state.update(id) { $0.lastUse = moment }
            return Session(
                id: id,
                revision: record.revision,
                severity: record.severity,
                running: record.running,
                watched: record.watched,
                abilities: record.abilities,
                pending: record.pending
            )
        }
    }

    /// Remembers which messages the client of a session wants.
    func set(_ severity: Severity, for session: Session) {
        state.withLock { $0.update(session.id) { $0.severity = severity } }
    }

    /// Ends a session.
    /// - Returns: whether there was one of this id for this owner.
    func end(_ id: String, for owner: SessionOwner) -> Bool {
        guard session(id, for: owner) != nil else { return false }
        let ended = state.withLock { state -> Record? in
            defer { state[id] = nil }
            return state[id]
        }
        guard let record = ended else { return false }
        record.end()
        return true
    }

    /// Counts a call that waits for an answer.
    /// - Returns: false when its caller has as many as may be.
    func beginQuestion(of principal: Principal) -> Bool {
        let limit = limits.questionsPerOwner
        let questioner = Questioner(issuer: principal.issuer, subject: principal.subject)
        return questions.withLock { questions in
            guard questions[questioner, default: 0] < limit else { return false }
            questions[questioner, default: 0] += 1
            return true
        }
    }

    /// Counts a call that waits no more.
    func endQuestion(of principal: Principal) {
        let questioner = Questioner(issuer: principal.issuer, subject: principal.subject)
        questions.withLock { questions in
            let left = questions[questioner, default: 1] - 1
            questions[questioner] = left > 0 ? left : nil
        }
    }

    /// Ends everything that waits for an answer: what it was asked under may be allowed no more.
    package func endQuestions() {
        let pending = state.withLock { $0.records.values.map(\.pending) }
        for pending in pending { pending.end(forGood: false) }
    }

    /// A session whose client is asked something is in use.
    private static func hasExpired(_ record: Record, at moment: SuspendingClock.Instant, _ limits: Limits) -> Bool {
        !record.pending.isWaiting && record.lastUse.duration(to: moment) >= limits.idleTime
    }

    /// 128 random bits as hexadecimal digits.
    ///
    /// To know one is not to be its owner.
    private static func newIdentifier() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

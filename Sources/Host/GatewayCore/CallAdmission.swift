internal import Synchronization

/// Counts the calls that run, and lets no more in than the limits say.
///
/// Nobody waits here: a call gets in at once or not at all. What is not running leaves no trace.
package final class CallAdmission: Sendable {
    /// One call that was let in; to be given back once.
    package struct Ticket: Sendable {
        fileprivate let principal: Int?
        fileprivate let client: Int
        fileprivate let namespace: String
    }

    private struct State {
        var running = 0
        // Callers are known by a hash that is seeded anew in every process: two that ever fell together would share
        // their limit, and nothing else.
        var principals: CountTable
        var clients: CountTable
        // Namespaces are few: comparing short names is quicker than hashing them.
        var namespaces: [(name: String, count: Int)] = []
    }

    private let principalLimit: Int
    private let clientLimit: Int
    private let namespaceLimit: Int
    private let limit: Int
    private let state: Mutex<State>

    /// Counts from nothing, up to the `concurrent…` fields of the limits, each at least 1.
    package init(limits: CallLimits) {
        principalLimit = max(1, limits.concurrentPerPrincipal)
        clientLimit = max(1, limits.concurrentPerClient)
        namespaceLimit = max(1, limits.concurrentPerNamespace)
        limit = max(1, limits.concurrentCalls)
        state = Mutex(State(principals: CountTable(room: limit), clients: CountTable(room: limit)))
    }

    /// How many calls run now, by what they are counted.
    package var load: CallLoad {
        state.withLock { state in
            CallLoad(
                running: state.running,
                byNamespace: Dictionary(uniqueKeysWithValues: state.namespaces.map { ($0.name, $0.count) }),
                principals: state.principals.entries,
                clients: state.clients.entries
            )
        }
    }

    /// Lets a call in; `leave` is owed.
    /// - Throws: `rateLimited` when the caller or its client has too many running, `unavailable` when the namespace or
    ///   the gateway has.
    package func enter(_ principal: Principal, namespace: String) throws(GatewayError) -> Ticket {
        let ticket = Ticket(
            principal: principal.isAnonymous ? nil : Self.key(principal.issuer, principal.subject),
            client: Self.key(principal.issuer, principal.client ?? ""),
            namespace: namespace
        )
        if let refusal = state.withLock({ take(ticket, from: &$0) }) { throw refusal }
        return ticket
    }

    /// Takes note that a call has ended.
    package func leave(_ ticket: Ticket) {
        state.withLock { state in
            state.running -= 1
            if let principal = ticket.principal { state.principals.decrement(principal) }
            state.clients.decrement(ticket.client)
            guard let position = state.namespaces.firstIndex(where: { $0.name == ticket.namespace }) else { return }
            state.namespaces[position].count -= 1
            if state.namespaces[position].count == 0 { state.namespaces.remove(at: position) }
        }
    }

    /// Counts a call in, or says why not; then nothing is counted.
    private func take(_ ticket: Ticket, from state: inout State) -> GatewayError? {
        guard state.running < limit else { return .tooManyCalls }
        let position = state.namespaces.firstIndex { $0.name == ticket.namespace }
        if let position, state.namespaces[position].count >= namespaceLimit {
            return .tooManyCalls(ofNamespace: ticket.namespace)
        }
        if let principal = ticket.principal, !state.principals.increment(principal, limit: principalLimit) {
            return .tooManyCalls(ofPrincipal: principalLimit)
        }
        guard state.clients.increment(ticket.client, limit: clientLimit) else {
            if let principal = ticket.principal { state.principals.decrement(principal) }
            return .tooManyCalls(ofClient: clientLimit)
        }
        if let position {
            state.namespaces[position].count += 1
        } else {
            state.namespaces.append((ticket.namespace, 1))
        }
        state.running += 1
        return nil
    }

    private static func key(_ issuer: String, _ name: String) -> Int {
        var hasher = Hasher()
        hasher.combine(issuer)
        hasher.combine(name)
        return hasher.finalize()
    }
}

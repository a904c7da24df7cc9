import GatewayCore
import Synchronization

/// The states that carried a user's agreement and were used: each is good for one call.
package final class SpentStates: Sendable {
    /// How many are remembered until they are too old.
    package struct Limits: Hashable, Sendable {
        package var states: Int
        /// Of one caller.
        package var statesPerOwner: Int

        package init(states: Int = 100_000, statesPerOwner: Int = 1000) {
            self.states = states
            self.statesPerOwner = statesPerOwner
        }
    }

    /// What becomes of a state.
    enum Use {
        case good
        /// It was used before, or before this run began, of which nothing is known.
        case spent
        /// There is no room to remember it.
        case full
    }

    private struct Owner: Hashable {
        let issuer: String
        let subject: String
    }

    private struct State {
        var expiries: [Owner: [String: Int64]] = [:]
        var count = 0

        mutating func forget(before now: Int64) {
            expiries = expiries.compactMapValues { states in
                let left = states.filter { $0.value > now }
                return left.isEmpty ? nil : left
            }
            count = expiries.values.reduce(0) { $0 + $1.count }
        }
    }

    private let limits: Mutex<Limits>
    private let begin: Int64
    private let state = Mutex(State())

    /// Knows of all states used since `begin`, in seconds since 1970.
    package init(since begin: Int64, limits: Limits = Limits()) {
        self.begin = begin
        self.limits = Mutex(limits)
    }

    /// Keeps to other limits from now on.
    package func adopt(_ limits: Limits) {
        self.limits.withLock { $0 = limits }
    }

    /// Uses a state up.
    func use(_ state: RequestState, of principal: Principal, now: Int64) -> Use {
        guard state.made >= begin else { return .spent }
        let owner = Owner(issuer: principal.issuer, subject: principal.subject)
        let limits = limits.withLock { $0 }
        return self.state.withLock { spent in
            guard spent.expiries[owner]?[state.name] == nil else { return .spent }
            if spent.count >= limits.states || spent.expiries[owner]?.count ?? 0 >= limits.statesPerOwner {
                spent.forget(before: now)
            }
            guard spent.count < limits.states, spent.expiries[owner]?.count ?? 0 < limits.statesPerOwner else {
                return .full
            }
            spent.expiries[owner, default: [:]][state.name] = state.expiry
            spent.count += 1
            return .good
        }
    }
}

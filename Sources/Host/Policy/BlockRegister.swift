package import GatewayCore
import Synchronization

/// What the operators have blocked now; outlives the policies that are asked under it.
package final class BlockRegister: Sendable {
    /// What of a namespace is blocked.
    package struct Blocked: Hashable, Sendable {
        /// Whether everything is.
        package var isWhole: Bool
        /// The local names of tools.
        package var tools: Set<String>

        package init(isWhole: Bool = false, tools: Set<String> = []) {
            self.isWhole = isWhole
            self.tools = tools
        }
    }

    private struct State {
        var blocked: [String: Blocked] = [:]
        var epoch: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// What is blocked, by namespace.
    package var blocked: [String: Blocked] { state.withLock { $0.blocked } }

    /// Goes by other blocks of a namespace from now on; nil for none.
    package func set(_ blocked: Blocked?, of namespace: String) {
        state.withLock { state in
            state.blocked[namespace] = blocked
            state.epoch += 1
        }
    }

    func isBlocked(_ item: ItemReference) -> Bool {
        state.withLock { state in
            guard let blocked = state.blocked[item.namespace] else { return false }
            return blocked.isWhole || item.kind == .tool && blocked.tools.contains(item.localName)
        }
    }

    /// Another number after each change; nil while nothing is blocked.
    var epoch: UInt64? { state.withLock { $0.blocked.isEmpty ? nil : $0.epoch } }
}

/// A policy under which what is blocked shows nowhere and cannot be called, whatever the rules say.
///
/// Whoever could see a blocked item is told that it is blocked when they call it; for all others it does not exist, as
/// ever.
package struct BlockingPolicy: PolicyDeciding {
    private let rules: any PolicyDeciding
    private let register: BlockRegister

    package init(_ rules: any PolicyDeciding, _ register: BlockRegister) {
        self.rules = rules
        self.register = register
    }

    package func decision(on item: ItemReference, for principal: Principal) -> PolicyDecision {
        let decision = rules.decision(on: item, for: principal)
        return decision.isVisible && register.isBlocked(item) ? .blocked : decision
    }

    package func leavesLastWord(on item: ItemReference) -> Bool { rules.leavesLastWord(on: item) }

    package func visibility(for principal: Principal) -> Visibility {
        let visibility = rules.visibility(for: principal)
        return register.epoch.map(visibility.inEpoch) ?? visibility
    }
}

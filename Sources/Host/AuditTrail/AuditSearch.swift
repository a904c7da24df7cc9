import Dispatch
import FoundationEssentials
package import GatewayCore
import JSON
import Sealing
import Synchronization

/// Searches a trail for the officers of experiments, from its end to its beginning.
///
/// What a line says of another namespace, or of how many lines there are of others, is not in the answer: not even in
/// its cursor, which only this object can read. One search is carried out at a time, off the threads of the calls.
package final class AuditSearch: AuditSearching {
    /// What searches may cost.
    package struct Limits: Hashable, Sendable {
        /// How much of the trail one search reads.
        package var bytes: Int
        /// How many searches may wait or be under way.
        package var searches: Int

        package init(bytes: Int = 64 << 20, searches: Int = 8) {
            self.bytes = bytes
            self.searches = searches
        }
    }

    private let folder: AuditFolder
    private let sealer: Sealer?
    private let queue = DispatchQueue(label: "beamline.audit-search")
    private let state: Mutex<(limits: Limits, searches: Int)>

    package init(folder: String, limits: Limits = Limits()) {
        self.folder = AuditFolder(folder)
        self.sealer = Sealer(secrets: [RandomBytes.make(count: Sealer.minimumSecretBytes)])
        state = Mutex((limits, 0))
    }

    /// Goes on under other limits.
    package func adopt(_ limits: Limits) {
        state.withLock { $0.limits = limits }
    }

    package func search(_ question: AuditQuestion) async -> AuditFinding {
        let limits: Limits? = state.withLock { state in
            guard state.searches < state.limits.searches else { return nil }
            state.searches += 1
            return state.limits
        }
        guard let limits else { return .busy }
        defer { state.withLock { $0.searches -= 1 } }
        return await withCheckedContinuation { continuation in
            queue.async { [self] in continuation.resume(returning: carryOut(question, limits)) }
        }
    }

    private func carryOut(_ question: AuditQuestion, _ limits: Limits) -> AuditFinding {
        var start: AuditPosition?
        if let cursor = question.cursor {
            guard let position = sealer?.open(cursor, for: Self.purpose(question)).flatMap(AuditPosition.init) else {
                return .badCursor
            }
            start = position
        }
        let match = AuditMatch(question)
        var (lines, bytes) = ([[UInt8]](), 0)
        do throws(AuditFailure) {
            let end = try BackwardReading(folder).lines(before: start, atMost: limits.bytes) { line in
                switch match.judge(line) {
                case .other: return true
                case .tooOld: return nil
                case .matches(let shown):
                    guard lines.count < question.limit, lines.isEmpty || bytes + shown.count <= question.budgetBytes
                    else { return false }
                    lines.append(shown)
                    bytes += shown.count
                    return true
                }
            }
            let cursor = end.flatMap { sealer?.seal($0.bytes, for: Self.purpose(question)) }
            return .lines(lines, nextCursor: cursor)
        } catch {
            return .unavailable
        }
    }

    /// A cursor is of those who may read the same.
    private static func purpose(_ question: AuditQuestion) -> String {
        "audit.cursor:" + question.namespaces.sorted().joined(separator: ",")
    }
}

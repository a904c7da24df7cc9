/// Decides who may transfer now and who waits: first come, first served within the limits.
///
/// Pure: elements are whatever the caller queues.
package struct TransferQueue<Element> {
    private struct Entry {
        let element: Element
        let origin: Origin
    }

    private let limits: OutboundLimits
    private var ready: [Entry] = []
    private var waiting: [Entry] = []
    private var active: [Origin: Int] = [:]
    private var activeCount = 0

    package init(limits: OutboundLimits) {
        self.limits = limits
    }

    /// Whether somebody may start who has not been taken.
    package var hasReady: Bool { !ready.isEmpty }

    /// Those who wait for their turn.
    package var waitingElements: [Element] { waiting.map(\.element) }

    /// Lets an element start or wait; false when too many wait already.
    package mutating func admit(_ element: Element, origin: Origin) -> Bool {
        let entry = Entry(element: element, origin: origin)
        if hasRoom(for: origin) {
            start(entry)
            return true
        }
        guard waiting.count < limits.maximumWaiting else { return false }
        waiting.append(entry)
        return true
    }

    /// Hands over those who may start; each counts against the limits until `release`.
    package mutating func takeReady() -> [Element] {
        defer { ready = [] }
        return ready.map(\.element)
    }

    /// Gives back the place of one who had been taken, and lets the next ones in.
    package mutating func release(_ origin: Origin) {
        activeCount -= 1
        active[origin, default: 0] -= 1
        if active[origin] == 0 { active[origin] = nil }
        promote()
    }

    /// Takes out those waiting who fit the condition.
    package mutating func removeWaiting(where condition: (Element) -> Bool) -> [Element] {
        var removed: [Element] = []
        waiting.removeAll { entry in
            guard condition(entry.element) else { return false }
            removed.append(entry.element)
            return true
        }
        return removed
    }

    private func hasRoom(for origin: Origin) -> Bool {
        activeCount < limits.maximumConcurrent && active[origin, default: 0] < limits.maximumConcurrentPerOrigin
    }

    private mutating func start(_ entry: Entry) {
        activeCount += 1
        active[entry.origin, default: 0] += 1
        ready.append(entry)
    }

    private mutating func promote() {
        var index = 0
        while index < waiting.count, activeCount < limits.maximumConcurrent {
            if hasRoom(for: waiting[index].origin) {
                start(waiting.remove(at: index))
            } else {
                index += 1
            }
        }
    }
}

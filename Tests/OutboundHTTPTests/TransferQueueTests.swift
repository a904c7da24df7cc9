import OutboundHTTP
import Testing

@Suite("TransferQueue")
struct TransferQueueTests {
    private let one: Origin
    private let other: Origin

    init() throws {
        one = try RequestURL("http://one.example.org").origin
        other = try RequestURL("http://other.example.org").origin
    }

    private func queue(total: Int, perOrigin: Int, waiting: Int) -> TransferQueue<Int> {
        TransferQueue(
            limits: OutboundLimits(
                maximumConcurrent: total,
                maximumConcurrentPerOrigin: perOrigin,
                maximumWaiting: waiting
            )
        )
    }

    @Test func `starts as many as allowed and lets as many wait`() {
        var queue = queue(total: 2, perOrigin: 2, waiting: 1)
        for element in 1...3 { #expect(queue.admit(element, origin: one) == true) }
        #expect(queue.admit(4, origin: one) == false)
        #expect(queue.takeReady() == [1, 2])
        #expect(!queue.hasReady)
        queue.release(one)
        #expect(queue.takeReady() == [3])
        #expect(queue.admit(5, origin: one) == true)
        #expect(queue.waitingElements == [5])
    }

    @Test func `a busy origin does not hold up the others`() {
        var queue = queue(total: 3, perOrigin: 1, waiting: 9)
        #expect(queue.admit(1, origin: one) == true)
        #expect(queue.admit(2, origin: one) == true)
        #expect(queue.admit(3, origin: other) == true)
        #expect(queue.takeReady() == [1, 3])
        queue.release(other)
        #expect(queue.takeReady() == [])
        queue.release(one)
        #expect(queue.takeReady() == [2])
    }

    @Test func `the total holds over all origins, and who came first starts first`() {
        var queue = queue(total: 1, perOrigin: 1, waiting: 9)
        for element in [1, 2, 3] { #expect(queue.admit(element, origin: element == 2 ? other : one) == true) }
        #expect(queue.takeReady() == [1])
        queue.release(one)
        #expect(queue.takeReady() == [2])
        queue.release(other)
        #expect(queue.takeReady() == [3])
    }

    @Test func `who leaves the queue makes room in it`() {
        var queue = queue(total: 1, perOrigin: 1, waiting: 1)
        #expect(queue.admit(1, origin: one) == true)
        #expect(queue.admit(2, origin: one) == true)
        let removed = [1, 2].map { element in queue.removeWaiting { $0 == element } }
        #expect(removed == [[], [2]])
        #expect(queue.admit(3, origin: one) == true)
        #expect(queue.admit(4, origin: one) == false)
    }
}

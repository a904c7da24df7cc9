import JSON
import PanDAKit
import Testing

@Suite struct TaskCountsTests {
    private func jobs(_ status: String, _ count: Int, retries: Int = 0, earlier: Int = 0) -> TaskCounts.Jobs {
        .init(status: status, count: count, retries: retries, earlierAttempts: earlier, maximumAttempt: 1 + earlier)
    }

    @Test func `concludes from jobs and files`() {
        let counts = TaskCounts(
            jobs: [
                jobs("running", 2), jobs("activated", 1), jobs("finished", 6, retries: 2, earlier: 3),
                jobs("failed", 3, retries: 1, earlier: 1), jobs("cancelled", 5), jobs("throttled", 4),
            ],
            filesFinished: 6,
            filesFailed: 1
        )
        #expect(counts.active == 3)
        #expect(counts.running == 2)
        #expect(counts.finished == 6)
        #expect(counts.failed == 3)
        #expect(counts.retries == 3)
        #expect(counts.retriesOfFinished == 3)
        #expect(counts.maximumAttempt == 4)
        #expect(counts.failureRate == 0.3333)
        #expect(counts.finalFailureRate == 0.1429)
        #expect(counts.progress == 75)
        #expect(counts.retriesPerFinished == 0.5)
    }

    @Test func `concludes nothing from nothing`() {
        let counts = TaskCounts()
        #expect(counts.active == 0)
        #expect(counts.failureRate == nil)
        #expect(counts.finalFailureRate == nil)
        #expect(counts.progress == nil)
        #expect(counts.retriesPerFinished == nil)
        #expect(TaskCounts(filesFinished: 0, filesFailed: 0).finalFailureRate == nil)
        #expect(TaskCounts(filesFailed: 2).finalFailureRate == 1)
    }
}

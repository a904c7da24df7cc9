import PanDAKit
import PluginKit
import Testing

@Suite struct JobTimesTests {
    static let now = Timestamp(seconds: 1_795_226_400)

    func times(_ created: Int?, _ started: Int?, _ ended: Int?, isFinal: Bool) -> JobTimes {
        func ago(_ seconds: Int?) -> Timestamp? { seconds.map { Self.now.adding(seconds: -$0) } }
        return JobTimes(
            created: ago(created),
            started: ago(started),
            ended: ago(ended),
            modified: ago(60),
            isFinal: isFinal,
            now: Self.now
        )
    }

    @Test func `waiting ends with the start, running goes on until now`() {
        let times = times(97_560, 20_760, nil, isFinal: false)
        #expect(times.waiting == "21 h 20 min")
        #expect(times.running == "5 h 46 min")
    }

    @Test func `a job that ended is not counted on`() {
        let times = times(7200, 3600, 600, isFinal: true)
        #expect(times.waitingSeconds == 3600)
        #expect(times.runningSeconds == 3000)
    }

    @Test func `a job that never started waited until its end`() {
        let times = times(7200, nil, 600, isFinal: true)
        #expect(times.waitingSeconds == 6600)
        #expect(times.running == nil)
    }

    @Test func `the beginning of 1970 means that there was no such moment`() {
        let times = JobTimes(
            created: Self.now.adding(seconds: -10),
            started: Timestamp(seconds: 0),
            ended: Timestamp(seconds: 86_399),
            modified: Timestamp(seconds: 86_400),
            isFinal: false,
            now: Self.now
        )
        #expect(times.started == nil)
        #expect(times.ended == nil)
        #expect(times.modified != nil)
        #expect(times.waiting == "10 s")
    }

    @Test func `clocks that disagree give no negative durations`() {
        #expect(times(100, 200, 300, isFinal: true).waitingSeconds == 0)
        #expect(times(100, 200, 300, isFinal: true).runningSeconds == 0)
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h 0 min"), (172_799, "47 h 59 min"),
        (172_800, "2 d 0 h"),
    ])
    func `durations are written for people`(seconds: Int, text: String) {
        #expect(JobTimes.text(seconds) == text)
    }
}

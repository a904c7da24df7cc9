import Observability
import Testing

@Suite("Histograms")
struct HistogramTests {
    @Test(arguments: [
        (Duration.zero, [1, 1, 1] as [UInt64]), (.milliseconds(1), [1, 1, 1]),
        (.milliseconds(1) + Duration(attoseconds: 1), [0, 1, 1]), (.seconds(60), [0, 1, 1]),
        (.seconds(60) + .nanoseconds(1), [0, 0, 1]), (.seconds(-1), [1, 1, 1]),
        (Duration(attoseconds: .max), [0, 0, 1]), (Duration(attoseconds: .min), [1, 1, 1]),
    ])
    func `a time falls into the first bucket whose bound is not below it`(time: Duration, counts: [UInt64]) {
        let histogram = Histogram(bounds: [.seconds(60), .milliseconds(1)])
        histogram.record(time)
        #expect(histogram.snapshot.cumulativeCounts == counts)
    }
}

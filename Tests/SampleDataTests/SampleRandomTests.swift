import SampleData
import Testing

@Suite struct SampleRandomTests {
    @Test func `a stream repeats, and streams differ`() {
        var first = SampleRandom(seed: 1, stream: "a")
        var again = SampleRandom(seed: 1, stream: "a")
        var other = SampleRandom(seed: 1, stream: "b")
        let numbers = (0..<4).map { _ in first.next() }
        #expect(numbers == (0..<4).map { _ in again.next() })
        #expect(numbers != (0..<4).map { _ in other.next() })
    }

    @Test func `numbers reach both ends of a range and stay within`() {
        var random = SampleRandom(seed: 1, stream: "range")
        let numbers = Set((0..<500).map { _ in random.between(-2, 2) })
        #expect(numbers == [-2, -1, 0, 1, 2])
        #expect(random.below(0) == 0)
    }

    @Test func `weights decide, and a weight of nothing is never chosen`() {
        var random = SampleRandom(seed: 1, stream: "weights")
        let picks = (0..<1000).map { _ in random.pick(("a", 90), ("b", 0), ("c", 10)) }
        #expect(!picks.contains("b"))
        #expect((820...970).contains(picks.count { $0 == "a" }))
    }

    @Test func `an identifier has the form of version 4`() {
        var random = SampleRandom(seed: 1, stream: "uuid")
        for _ in 0..<100 {
            let text = Array(random.uuid())
            #expect(text.count == 36)
            #expect(text[14] == "4")
            #expect("89ab".contains(text[19]))
            #expect([8, 13, 18, 23].allSatisfy { text[$0] == "-" })
        }
    }
}

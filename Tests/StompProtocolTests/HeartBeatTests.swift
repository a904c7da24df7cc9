import StompProtocol
import Testing

@Suite("Heart-beats")
struct HeartBeatTests {
    @Test(
        arguments: [
            (nil, 0, 0), ("0,0", 0, 0), ("1000,2000", 1000, 2000), ("999999999,1", 86_400_000, 1),
        ] as [(String?, Int, Int)]
    )
    func `a header says what its side sends and wants`(text: String?, sends: Int, wants: Int) {
        #expect(StompHeartBeat(text) == StompHeartBeat(sends: sends, wants: wants))
    }

    @Test(arguments: ["", "1", "1,", ",1", "1,2,3", "-1,0", "a,b", "1, 2", "9999999999,0"])
    func `anything else is malformed`(text: String) {
        #expect(StompHeartBeat(text) == nil)
    }

    @Test(
        arguments: [
            ("0,0", "1000,1000", nil, nil), ("1000,0", "0,2000", 2000, nil), ("3000,0", "0,2000", 3000, nil),
            ("0,500", "1000,0", nil, 1000), ("100,200", "300,400", 400, 300), ("100,200", "0,0", nil, nil),
        ] as [(String, String, Int?, Int?)]
    )
    func `the slower of two wishes holds`(ours: String, theirs: String, sending: Int?, receiving: Int?) throws {
        let (ours, theirs) = (try #require(StompHeartBeat(ours)), try #require(StompHeartBeat(theirs)))
        #expect(ours.sending(to: theirs) == sending)
        #expect(ours.receiving(from: theirs) == receiving)
    }
}

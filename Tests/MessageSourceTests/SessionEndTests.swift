import GatewayCore
import MessageSource
import OutboundStream
import Testing

@Suite("How messages and connections end")
struct SessionEndTests {
    @Test func `at its deadline a message is told by how far it has come`() {
        var stage = SessionStage()
        stage.send("waits for the connection", as: 1, within: .seconds(1))
        stage.wait(.seconds(1))
        #expect(stage.failure(1) == .timeout)
        stage = .ready()
        stage.send("is being written", as: 1, within: .seconds(1))
        stage.send("waits behind it", as: 2, within: .seconds(1))
        stage.write(10)
        stage.wait(.seconds(1))
        #expect(stage.failure(1) == .unconfirmed(detail: "the broker confirmed nothing by the deadline"))
        #expect(stage.failure(2) == .timeout)
        stage.write()
        #expect(
            stage.written.hasSuffix("is being written\0"),
            "what has begun is written to its end, the rest not at all"
        )
        stage.receive("RECEIPT\nreceipt-id:m1\n\n\0")
        #expect(stage.session.phase == .ready, "a receipt that comes late is nobody's")
        stage.ask(3, within: .seconds(1))
        stage.write()
        stage.receive("RECEIPT\nreceipt-id:m3\n\n\0")
        stage.wait(.seconds(1))
        #expect(stage.failure(3) == .unanswered(detail: "no answer by the deadline"))
        stage.send("too late", as: 4, within: .zero)
        #expect(stage.failure(4) == .timeout)
    }

    @Test func `a message that was offered may be on its way, though nothing was taken`() {
        var stage = SessionStage.ready()
        stage.send("x", as: 1, within: .seconds(1))
        _ = stage.session.outgoing()
        stage.wait(.seconds(1))
        #expect(stage.failure(1) == .unconfirmed(detail: "the broker confirmed nothing by the deadline"))
    }

    @Test func `with its connection a message is told by how far it has come`() {
        var stage = SessionStage.ready()
        stage.ask(1)
        stage.write()
        stage.receive("RECEIPT\nreceipt-id:m1\n\n\0")
        stage.send("written", as: 2)
        stage.write()
        stage.send("begun", as: 3, receipt: false)
        stage.write(10)
        stage.send("behind", as: 4)
        stage.lose("gone")
        #expect(stage.failure(1) == .unanswered(detail: "gone"))
        #expect(stage.failure(2) == .unconfirmed(detail: "gone"))
        #expect(stage.failure(3) == .unconfirmed(detail: "gone"))
        #expect(stage.failure(4) == .unavailable(detail: "gone"))
        #expect(stage.drops == 1)
        stage.send("again", as: 5)
        #expect(stage.opens == 1, "the next message connects at once")
        stage.open()
        stage.write()
        #expect(stage.written.contains("client-id:gw2\n"), "under a name of its own")
    }

    @Test func `a cancelled message is cancelled, and removed when it has not begun`() {
        var stage = SessionStage.ready()
        stage.send("one", as: 1)
        stage.send("two", as: 2)
        stage.write(10)
        stage.cancel(1)
        stage.cancel(2)
        stage.cancel(2)
        #expect(stage.failure(1) == .cancelled && stage.failure(2) == .cancelled)
        stage.write()
        #expect(stage.written.contains("one") && !stage.written.contains("two"))
    }

    @Test func `failures to connect are followed by longer and longer rests`() {
        var stage = SessionStage(jitter: 1) {
            $0.firstBackOff = .seconds(4)
            $0.longestBackOff = .seconds(10)
        }
        for (ticket, rest) in [(1, 5.0), (2, 10.0), (3, 12.5), (4, 12.5)] {
            stage.send("x", as: UInt64(ticket))
            stage.fail("refused")
            #expect(stage.failure(UInt64(ticket)) == .unavailable(detail: "refused"))
            stage.send("x", as: UInt64(ticket + 10))
            #expect(stage.failure(UInt64(ticket + 10)) == .down(retryAfter: .seconds(rest)))
            stage.wait(.seconds(rest))
        }
        #expect(stage.opens == 4)
        stage.send("x", as: 5)
        stage.open()
        stage.receive("CONNECTED\nversion:1.2\n\n\0")
        stage.lose("gone")
        stage.send("x", as: 6)
        stage.fail("refused")
        stage.send("x", as: 7)
        #expect(stage.failure(7) == .down(retryAfter: .seconds(5)), "what has worked begins anew")
    }

    @Test func `signs of life are sent twice as often as promised, and missed after twice the time`() {
        var stage = SessionStage.ready(heartBeat: "4000,6000") { $0.heartBeat = .seconds(2) }
        #expect(stage.wake == .seconds(3))
        stage.wait(.seconds(3))
        stage.write()
        #expect(stage.written == "\n")
        stage.wait(.seconds(3))
        stage.receive("\n")
        stage.wait(.seconds(7))
        #expect(stage.session.phase == .ready)
        stage.wait(.seconds(1))
        #expect(stage.session.phase == .idle)
        #expect(stage.wake == nil)
    }

    @Test func `signs of life do not pile up before a broker that takes nothing`() {
        var stage = SessionStage.ready(heartBeat: "0,2000") { $0.heartBeat = .seconds(2) }
        for _ in 0..<5 { stage.wait(.seconds(1)) }
        stage.write()
        #expect(stage.written == "\n")
    }

    @Test func `a greeting that does not come in time ends the connection`() {
        var stage = SessionStage { $0.stream.connectTimeout = .seconds(5) }
        stage.send("x", as: 1)
        stage.open()
        #expect(stage.wake == .seconds(5))
        stage.wait(.seconds(5))
        #expect(stage.failure(1) == .unavailable(detail: "the broker did not greet in time"))
    }

    @Test(arguments: [true, false])
    func `a source that closes takes leave, and waits for the broker a second at most`(isAnswered: Bool) {
        var stage = SessionStage.ready()
        stage.send("x", as: 1)
        stage.write()
        stage.send("y", as: 2)
        stage.close()
        #expect(stage.failure(1) == .unconfirmed(detail: "the source is closed"))
        #expect(stage.failure(2) == .unavailable(detail: "the source is closed"))
        stage.forget()
        stage.close()
        #expect(!stage.isClosed)
        if isAnswered {
            stage.receive("RECEIPT\nreceipt-id:bye\n\n\0")
        } else {
            stage.wait(.seconds(1))
        }
        #expect(stage.isClosed)
        #expect(stage.drops == 1)
        stage.send("x", as: 3)
        #expect(stage.failure(3) == .unavailable(detail: "the source is closed"))
    }

    @Test func `a source that never connected, or just connects, closes at once`() {
        var stage = SessionStage()
        stage.close()
        #expect(stage.isClosed)
        stage = SessionStage()
        stage.send("x", as: 1)
        stage.close()
        #expect(stage.isClosed)
        #expect(stage.failure(1) == .unavailable(detail: "the source is closed"))
        stage.forget()
        stage.open()
        #expect(stage.drops == 1, "a stream that comes too late is dropped")
    }
}

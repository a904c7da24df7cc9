import GatewayCore
import MessageSource
import Testing

@Suite("What is said to a broker")
struct SessionTests {
    @Test func `the broker is greeted with what it needs to know`() {
        var stage = SessionStage {
            $0.login = BrokerLogin(user: "gateway", password: "a:b")
            $0.virtualHost = "/"
            $0.heartBeat = .seconds(10)
        }
        stage.send("x", as: 1)
        #expect(stage.opens == 1)
        stage.open()
        stage.write()
        #expect(
            stage.written == "CONNECT\naccept-version:1.1,1.2\nhost:/\nheart-beat:10000,10000\nclient-id:gw1\n"
                + "login:gateway\npasscode:a:b\n\n\0"
        )
    }

    @Test(arguments: [
        ("CONNECTED\n\n\0", "the broker speaks none of the versions it was offered"),
        ("CONNECTED\nversion:1.0\n\n\0", "the broker speaks none of the versions it was offered"),
        ("CONNECTED\nversion:1.2\nheart-beat:x\n\n\0", "the broker's heart-beat is malformed"),
        ("ERROR\nmessage:no\u{1}way\n\n\0", "the broker refused the connection: no way"),
        ("ERROR\n\nbody\0", "the broker refused the connection: body"),
        ("RECEIPT\n\n\0", "the broker sent RECEIPT at the wrong time"),
        ("HTTP/1.1 400\n\n", "the broker sent what is no frame: command"),
    ])
    func `a greeting that is not right ends the connection before anything is sent`(answer: String, detail: String) {
        var stage = SessionStage()
        stage.send("x", as: 1)
        stage.open()
        stage.receive(answer)
        #expect(stage.failure(1) == .unavailable(detail: detail))
        #expect(stage.drops == 1 && stage.session.phase == .idle)
        stage.write()
        #expect(stage.written == "", "nothing of a dead connection is written")
    }

    @Test func `what waits for the connection is sent in order`() {
        var stage = SessionStage()
        for ticket in 1...3 { stage.send("\(ticket)", as: UInt64(ticket)) }
        stage.open()
        stage.write()
        #expect(!stage.written.contains("SEND"))
        stage.receive("CONNECTED\nversion:1.1\n\n\0")
        stage.write()
        let sent = (1...3).map { "SEND\ndestination:/queue/a\nreceipt:m\($0)\n\n\($0)\0" }.joined()
        #expect(stage.written.hasSuffix(sent))
        #expect(stage.opens == 1)
    }

    @Test func `a message counts as sent with its receipt, or when it is written to its end`() {
        var stage = SessionStage.ready()
        stage.send("x", as: 1)
        stage.write()
        #expect(stage.answers.isEmpty)
        stage.receive("RECEIPT\nreceipt-id:m1\n\n\0")
        #expect(stage.answers[1] == .success(nil))
        stage.send("y", as: 2, receipt: false)
        stage.write(20)
        #expect(stage.answers[2] == nil)
        stage.write()
        #expect(stage.answers[2] == .success(nil))
    }

    @Test func `a question names its queue and has its answer`() {
        var stage = SessionStage.ready()
        stage.ask(1)
        stage.write()
        let queue = "/queue/beamline.reply.gw1.1"
        #expect(
            stage.written == "SUBSCRIBE\nid:r1\ndestination:\(queue)\nack:auto\nreceipt:r1\n\n\0"
                + "SEND\ndestination:/queue/a\nreceipt:m1\nreply-to:\(queue)\ncorrelation-id:gw1.1\n\n\(queue)\0"
        )
        stage.receive("RECEIPT\nreceipt-id:r1\n\n\0RECEIPT\nreceipt-id:m1\n\n\0")
        stage.receive("MESSAGE\nsubscription:r1\ncorrelation-id:gw1.9\n\nno\0")
        #expect(stage.answers.isEmpty)
        stage.receive("MESSAGE\nsubscription:r1\n\nyes\0")
        #expect(stage.reply(1) == "yes")
    }

    @Test func `a queue rests before the next question, and is given up with a second answer`() {
        var stage = SessionStage.ready { $0.replyRest = .seconds(60) }
        stage.ask(1)
        stage.receive("MESSAGE\nsubscription:r1\n\na\0")
        stage.wait(.seconds(59))
        stage.ask(2)
        stage.receive("MESSAGE\nsubscription:r2\n\nb\0")
        stage.wait(.seconds(1))
        stage.forget()
        stage.ask(3)
        stage.write()
        #expect(stage.written.contains("reply-to:/queue/beamline.reply.gw1.1\n"))
        #expect(!stage.written.contains("SUBSCRIBE"))
        stage.receive("MESSAGE\nsubscription:r1\n\nc\0")
        #expect(stage.reply(3) == "c")
        stage.forget()
        stage.receive("MESSAGE\nsubscription:r1\n\nagain\0")
        stage.write()
        #expect(stage.written == "UNSUBSCRIBE\nid:r1\nreceipt:u1\n\n\0")
        stage.receive("MESSAGE\nsubscription:r1\n\nand again\0MESSAGE\nsubscription:other\n\n\0MESSAGE\n\n\0")
        #expect(stage.session.phase == .ready)
    }

    @Test func `the queue of a question without an answer is given up`() {
        var stage = SessionStage.ready { $0.replyRest = .zero }
        stage.ask(1)
        stage.forget()
        stage.cancel(1)
        stage.write()
        #expect(stage.failure(1) == .cancelled)
        #expect(stage.written == "UNSUBSCRIBE\nid:r1\nreceipt:u1\n\n\0")
        stage.receive("MESSAGE\nsubscription:r1\n\nlate\0")
        stage.forget()
        stage.ask(2)
        stage.write()
        #expect(stage.written.contains("SUBSCRIBE\nid:r2\n"))
    }

    @Test func `of the queues that rest so many are kept and no more`() {
        var stage = SessionStage.ready { $0.replyRest = .zero }
        for ticket in 1...65 { stage.ask(UInt64(ticket)) }
        stage.forget()
        for ticket in 1...65 { stage.receive("MESSAGE\nsubscription:r\(ticket)\n\na\0") }
        stage.write()
        #expect(stage.written == "UNSUBSCRIBE\nid:r65\nreceipt:u65\n\n\0")
        #expect(stage.answers.count == 65)
    }

    @Test func `an answer is taken up to its limit`() {
        var stage = SessionStage.ready { $0.maximumBytes = 8 }
        stage.ask(1, maximumBytes: 4)
        stage.receive("MESSAGE\nsubscription:r1\n\n1234\0")
        #expect(stage.failure(1) == .invalid("The message is longer than 8 bytes."))
        stage = SessionStage.ready { $0.maximumBytes = 100 }
        for (ticket, length) in [(1, 4), (2, 5), (3, 101)] {
            stage.ask(UInt64(ticket), maximumBytes: 4)
            stage.receive("MESSAGE\nsubscription:r\(ticket)\n\n\(String(repeating: "x", count: length))\0")
        }
        #expect(stage.reply(1) == "xxxx")
        #expect(stage.failure(2) == .tooLarge)
        #expect(stage.failure(3) == .tooLarge)
        #expect(stage.session.phase == .ready)
    }

    @Test func `an error with a receipt is one message's, any other the connection's`() {
        var stage = SessionStage.ready()
        stage.send("x", as: 1)
        stage.ask(2)
        stage.send("y", as: 3)
        stage.write()
        stage.receive("ERROR\nreceipt-id:m1\nmessage:not here\n\n\0ERROR\nreceipt-id:r1\nmessage:nor here\n\n\0")
        #expect(stage.failure(1) == .rejected(detail: "the broker refused the message: not here"))
        #expect(stage.failure(2) == .rejected(detail: "the broker refused the queue for the answer: nor here"))
        #expect(stage.answers[3] == nil)
        stage.write()
        #expect(!stage.written.contains("UNSUBSCRIBE"), "there is nothing to unsubscribe from")
        stage.receive("ERROR\nreceipt-id:u7\nmessage:no such subscription\n\n\0")
        #expect(stage.session.phase == .ready)
        stage.receive("ERROR\nmessage:enough\n\n\0")
        #expect(stage.failure(3) == .unconfirmed(detail: "the broker ended the connection: enough"))
        #expect(stage.session.phase == .idle)
    }

    @Test(arguments: ["NONSENSE\n\n\0", "lower\n\n\0", "CONNECTED\nversion:1.2\n\n\0", "MESSAGE\na\n\n\0"])
    func `what a broker must not send ends the connection`(text: String) {
        var stage = SessionStage.ready()
        stage.receive(text)
        #expect(stage.session.phase == .idle)
        #expect(stage.drops == 1)
    }

    @Test func `so many messages are under way and no more`() {
        var stage = SessionStage.ready { $0.underWay = 2 }
        for ticket in 1...3 { stage.send("x", as: UInt64(ticket)) }
        #expect(stage.answers.count == 1)
        #expect(stage.failure(3) == .unavailable(detail: "busy: 2 messages are under way"))
    }

    @Test func `what waits to be written is bounded`() {
        var stage = SessionStage.ready { $0.bufferedBytes = 4000 }
        stage.send(String(repeating: "x", count: 2000), as: 1)
        stage.send(String(repeating: "x", count: 2000), as: 2)
        #expect(stage.answers[1] == nil)
        #expect(stage.failure(2) == .unavailable(detail: "the broker takes messages too slowly"))
        stage.send(String(repeating: "x", count: 900), as: 3)
        stage.ask(4)
        #expect(stage.failure(4) == .unavailable(detail: "the broker takes messages too slowly"))
        stage.write()
        #expect(!stage.written.contains("SUBSCRIBE"))
        stage.send(String(repeating: "x", count: 2000), as: 5)
        #expect(stage.answers[5] == nil)
    }
}

internal import GatewayCore
internal import OutboundStream
internal import StompProtocol

/// The frames that carry messages, their receipts and their answers.
extension BrokerSession {
    /// How many bytes of a frame are not its body's or its headers' text, roughly.
    private static let frameOverhead = 1024

    var heartBeat: StompHeartBeat {
        let (seconds, attoseconds) = settings.heartBeat.components
        let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
        return StompHeartBeat(sends: milliseconds, wants: milliseconds)
    }

    var greeting: StompFrame {
        var headers = [
            StompHeader("accept-version", settings.versions.map(\.rawValue).joined(separator: ",")),
            StompHeader("host", settings.virtualHost ?? settings.stream.host),
            StompHeader("heart-beat", heartBeat.text),
            // ActiveMQ lets nobody in whose name is taken, also by a connection that is dead and not yet missed.
            StompHeader("client-id", identity),
        ]
        if let login = settings.login {
            headers += [StompHeader("login", login.user), StompHeader("passcode", login.password)]
        }
        return StompFrame("CONNECT", headers)
    }

    /// Puts a message into the outbox.
    mutating func dispatch(_ ticket: UInt64, at now: Instant) {
        guard let delivery = deliveries[ticket] else { return }
        switch delivery.order {
        case .message(let message):
            var headers = [StompHeader("destination", message.destination)]
            if message.wantsReceipt { headers.append(StompHeader("receipt", Self.receipt(ticket))) }
            enqueue(headers, message.headers, message.body, of: ticket)
        case .exchange(let exchange):
            // Before the frames that go with it: they must not pile up either.
            guard hasRoom(for: 0) else { return settle(ticket, Self.slow) }
            let (number, isNew) = replies.take(for: ticket, at: now)
            let queue = replies.name(number)
            deliveries[ticket]?.replyQueue = number
            if isNew { subscribe(to: queue, number) }
            let headers = [
                StompHeader("destination", exchange.destination), StompHeader("receipt", Self.receipt(ticket)),
                StompHeader("reply-to", queue), StompHeader("correlation-id", correlation(ticket)),
            ]
            enqueue(headers, exchange.headers, exchange.body(queue), of: ticket)
        }
    }

    private mutating func enqueue(
        _ ours: [StompHeader],
        _ theirs: [MessageHeader],
        _ body: [UInt8],
        of ticket: UInt64
    ) {
        guard body.count <= settings.maximumBytes else {
            return settle(ticket, .failure(.invalid("The message is longer than \(settings.maximumBytes) bytes.")))
        }
        guard hasRoom(for: body.count) else { return settle(ticket, Self.slow) }
        let frame = StompFrame("SEND", ours + theirs.map { StompHeader($0.name, $0.value) }, body: body)
        do throws(StompEncodingFault) {
            // Bytes that are no text are counted, so that the broker passes them on as such.
            let isText = String(validating: body, as: UTF8.self) != nil
            let bytes = try frame.encoded(as: version, countsBody: !isText)
            deliveries[ticket]?.stage = .queued
            outbox.append(bytes, of: ticket)
        } catch {
            settle(ticket, .failure(.invalid("A header cannot be sent to this broker.")))
        }
    }

    private func hasRoom(for bytes: Int) -> Bool {
        outbox.byteCount + bytes + Self.frameOverhead <= settings.bufferedBytes
    }

    private static var slow: Answer { .failure(.unavailable(detail: "the broker takes messages too slowly")) }

    private mutating func subscribe(to queue: String, _ number: UInt64) {
        let id = Self.subscription(number)
        append(
            StompFrame(
                "SUBSCRIBE",
                [
                    StompHeader("id", id), StompHeader("destination", queue), StompHeader("ack", "auto"),
                    StompHeader("receipt", id),
                ]
            )
        )
    }

    /// No question is asked with this queue any more, as an answer to another one may still come there.
    mutating func giveUp(_ number: UInt64) {
        guard replies.giveUp(number), phase == .ready else { return }
        append(
            StompFrame(
                "UNSUBSCRIBE",
                [StompHeader("id", Self.subscription(number)), StompHeader("receipt", "u\(number)")]
            )
        )
    }

    private mutating func append(_ frame: StompFrame) {
        // What is in these frames is ours, but for the prefix of queues, which the configuration has checked.
        guard let bytes = try? frame.encoded(as: version) else { return }
        outbox.append(bytes)
    }

    // MARK: - Answers

    mutating func confirmed(_ frame: StompFrame, at now: Instant) {
        guard let ticket = Self.number(frame["receipt-id"], after: "m"), let delivery = deliveries[ticket] else {
            return
        }
        switch delivery.order {
        case .message: settle(ticket, .success(nil))
        case .exchange: deliveries[ticket]?.stage = .confirmed
        }
    }

    mutating func answered(_ frame: StompFrame, at now: Instant) {
        guard let number = Self.number(frame["subscription"], after: "r") else { return }
        guard let ticket = replies.ticket(at: number), case .exchange(let exchange)? = deliveries[ticket]?.order else {
            // A second answer: whoever sends it may send it to the next question too.
            return giveUp(number)
        }
        if let said = frame["correlation-id"], said != correlation(ticket) { return }
        guard frame.body.count <= exchange.maximumBytes else { return settle(ticket, .failure(.tooLarge)) }
        if replies.answered(number, at: now) {
            deliveries[ticket]?.replyQueue = nil
        }
        let headers = frame.headers.map { MessageHeader($0.name, $0.value) }
        settle(ticket, .success(MessageReply(headers: headers, body: frame.body)))
    }

    mutating func takeOversized(_ frame: StompFrame, at now: Instant) {
        guard frame.command == "MESSAGE" else {
            return lost("the broker sent too long a frame \(BrokerText.cleaned(frame.command))", at: now)
        }
        guard let number = Self.number(frame["subscription"], after: "r"), let ticket = replies.ticket(at: number)
        else { return }
        settle(ticket, .failure(.tooLarge))
    }

    /// An error with the receipt of a message is about that one alone, any other is the connection's end.
    ///
    /// The protocol ends the connection in either case (STOMP 1.2, "ERROR"); ActiveMQ lets it stand.
    mutating func refused(_ frame: StompFrame, at now: Instant) {
        let words = Self.words(of: frame)
        let receipt = frame["receipt-id"]
        if let ticket = Self.number(receipt, after: "m") {
            settle(ticket, .failure(.rejected(detail: "the broker refused the message: \(words)")))
        } else if let number = Self.number(receipt, after: "r") {
            guard let ticket = replies.ticket(at: number) else { return }
            // ActiveMQ knows nothing of it, and would complain about its end.
            _ = replies.giveUp(number)
            settle(ticket, .failure(.rejected(detail: "the broker refused the queue for the answer: \(words)")))
        } else if Self.number(receipt, after: "u") == nil {
            lost("the broker ended the connection: \(words)", at: now)
        }
    }

    static func words(of error: StompFrame) -> String {
        BrokerText.cleaned(error["message"] ?? String(decoding: error.body, as: UTF8.self))
    }

    // MARK: - Names

    private func correlation(_ ticket: UInt64) -> String { "\(identity).\(ticket)" }
    private static func receipt(_ ticket: UInt64) -> String { "m\(ticket)" }
    private static func subscription(_ number: UInt64) -> String { "r\(number)" }

    private static func number(_ text: String?, after letter: Character) -> UInt64? {
        guard let text, text.first == letter else { return nil }
        return UInt64(text.dropFirst())
    }
}

import StompProtocol
import Testing

@Suite("Frames that come")
struct DecodingTests {
    private static func read(
        _ text: String,
        _ version: StompVersion? = .v1_2,
        _ limits: StompLimits = StompLimits(),
        pieces size: Int? = nil
    ) throws(StompFault) -> [StompEvent] {
        var decoder = StompDecoder(version: version, limits: limits)
        var rest = Array(text.utf8)[...]
        var events: [StompEvent] = []
        while !rest.isEmpty {
            var piece = rest.prefix(size ?? rest.count)
            rest = rest.dropFirst(piece.count)
            while let event = try decoder.next(from: &piece) { events.append(event) }
        }
        return events
    }

    private static func frame(_ command: String, _ headers: [(String, String)], _ body: String = "") -> StompEvent {
        .frame(StompFrame(command, headers.map { StompHeader($0, $1) }, body: Array(body.utf8)))
    }

    @Test(arguments: 1...40)
    func `frames and heart-beats come in pieces of any size`(size: Int) throws {
        let text = "\nMESSAGE\na:b\n\nbody\0\nMESSAGE\ncontent-length:3\n\n1\u{0}2\0\n\nRECEIPT\nreceipt-id:m1\n\n\0"
        #expect(
            try Self.read(text, pieces: size) == [
                .heartBeat, Self.frame("MESSAGE", [("a", "b")], "body"), .heartBeat,
                Self.frame("MESSAGE", [("content-length", "3")], "1\u{0}2"), .heartBeat, .heartBeat,
                Self.frame("RECEIPT", [("receipt-id", "m1")]),
            ]
        )
    }

    @Test(
        arguments: [
            (.v1_2, #"a\c\n\r\\b"#, "a:\n\r\\b"),
            (.v1_1, #"a\c\n\\b"#, "a:\n\\b"),
            (nil, #"a\c\x"#, #"a\c\x"#),
            (.v1_2, " spaces stay ", " spaces stay "),
            (.v1_2, "b:c", "b:c"),
            (.v1_1, "", ""),
        ] as [(StompVersion?, String, String)]
    )
    func `values are read by the rules of the version`(version: StompVersion?, written: String, meant: String) throws {
        #expect(try Self.read("MESSAGE\nk:\(written)\n\n\0", version) == [Self.frame("MESSAGE", [("k", meant)])])
    }

    @Test func `a greeting has no escapes in any version`() throws {
        #expect(try Self.read("CONNECTED\nserver:a\\b\n\n\0", .v1_2) == [Self.frame("CONNECTED", [("server", "a\\b")])])
    }

    @Test func `lines of 1_2 may end in two characters, those of 1_1 may not`() throws {
        let text = "MESSAGE\r\na:b\r\n\r\nc\0\r\n"
        #expect(try Self.read(text, .v1_2) == [Self.frame("MESSAGE", [("a", "b")], "c"), .heartBeat])
        #expect(try Self.read("MESSAGE\na:b\r\n\n\0", .v1_1) == [Self.frame("MESSAGE", [("a", "b\r")])])
    }

    @Test func `the first of headers with one name counts`() throws {
        guard case .frame(let frame)? = try Self.read("MESSAGE\na:1\na:2\n\n\0").first else {
            Issue.record("no frame")
            return
        }
        #expect(frame["a"] == "1")
        #expect(frame["b"] == nil)
    }

    @Test(arguments: [
        ("message\n\n\0", StompFault.command),
        ("MES SAGE\n\n\0", .command),
        ("\u{0}\n\n", .command),
        ("MESSAGE\nnothing\n\n\0", .header),
        ("MESSAGE\n:value\n\n\0", .header),
        ("MESSAGE\na:b\0c\n\n\0", .header),
        ("MESSAGE\na:\\t\n\n\0", .escape),
        ("MESSAGE\na:\\\n\n\0", .escape),
        ("MESSAGE\ncontent-length:-1\n\n\0", .length),
        ("MESSAGE\ncontent-length:+1\n\n\0", .length),
        ("MESSAGE\ncontent-length:\n\n\0", .length),
        ("MESSAGE\ncontent-length:9999999999999999999\n\n\0", .length),
        ("MESSAGE\ncontent-length:1\n\nab\0", .length),
    ])
    func `what is no frame ends the reading`(text: String, fault: StompFault) {
        #expect(throws: fault) { try Self.read(text) }
        #expect(throws: fault) { try Self.read(text, pieces: 1) }
    }

    @Test func `a header that is no text ends the reading, again and again`() {
        var decoder = StompDecoder(version: .v1_2)
        var piece = (Array("MESSAGE\na:".utf8) + [0xFF, 0x0A, 0x0A, 0x00])[...]
        #expect(throws: StompFault.encoding) { try decoder.next(from: &piece) }
        var good = Array("RECEIPT\n\n\0".utf8)[...]
        #expect(throws: StompFault.encoding) { try decoder.next(from: &good) }
    }

    @Test func `an escape of 1_2 is none in 1_1`() {
        #expect(throws: StompFault.escape) { try Self.read("MESSAGE\na:\\r\n\n\0", .v1_1) }
    }

    @Test func `a head is read up to its limits and no further`() throws {
        let text = "MESSAGE\na:b\nc:d\n\n\0"
        let bytes = text.utf8.count - 1
        #expect(try Self.read(text, .v1_2, StompLimits(headBytes: bytes)).count == 1)
        #expect(throws: StompFault.headTooLong) { try Self.read(text, .v1_2, StompLimits(headBytes: bytes - 1)) }
        #expect(try Self.read(text, .v1_2, StompLimits(headers: 2)).count == 1)
        #expect(throws: StompFault.tooManyHeaders) { try Self.read(text, .v1_2, StompLimits(headers: 1)) }
    }

    @Test(arguments: [1, 2, 100])
    func `a body that is too long is skipped, and what follows is read`(size: Int) throws {
        let limits = StompLimits(bodyBytes: 4)
        let next = "RECEIPT\n\n\0"
        for (body, header) in [("1234", ""), ("1234", "content-length:4\n"), ("1\u{0}34", "content-length:4\n")] {
            let text = "MESSAGE\n\(header)\n\(body)\0\(next)"
            #expect(try Self.read(text, .v1_2, limits, pieces: size).first != nil)
            let longer = "MESSAGE\nid:7\n\(header.replacing("4", with: "5"))\n\(body)5\0\(next)"
            let events = try Self.read(longer, .v1_2, limits, pieces: size)
            #expect(events.count == 2)
            guard case .oversized(let frame) = events[0] else {
                Issue.record("\(events)")
                continue
            }
            #expect(frame["id"] == "7" && frame.body.isEmpty)
            #expect(events[1] == Self.frame("RECEIPT", []))
        }
    }
}

import StompProtocol
import Testing

@Suite("Frames that go")
struct EncodingTests {
    private static func text(_ frame: StompFrame, _ version: StompVersion?, counts: Bool = false) throws -> String {
        String(decoding: try frame.encoded(as: version, countsBody: counts), as: UTF8.self)
    }

    private static func header(_ value: String) -> StompFrame { StompFrame("SEND", [StompHeader("k", value)]) }

    @Test func `a frame is its command, its headers and its body`() throws {
        let frame = StompFrame(
            "SEND",
            [StompHeader("destination", "/queue/a"), StompHeader("content-length", "99")],
            body: Array("hé".utf8)
        )
        #expect(try Self.text(frame, .v1_2) == "SEND\ndestination:/queue/a\n\nhé\0")
        #expect(try Self.text(frame, .v1_2, counts: true) == "SEND\ndestination:/queue/a\ncontent-length:3\n\nhé\0")
    }

    @Test func `a body with a NUL is counted in any case`() throws {
        #expect(try Self.text(StompFrame("SEND", body: [0x61, 0]), .v1_1) == "SEND\ncontent-length:2\n\na\0\0")
    }

    @Test(
        arguments: [
            (.v1_2, "a:\n\r\\", #"a\c\n\r\\"#), (.v1_1, "a:\n\\", #"a\c\n\\"#), (nil, #"a:\"#, #"a:\"#),
        ] as [(StompVersion?, String, String)]
    )
    func `values are written by the rules of the version`(version: StompVersion?, value: String, text: String) throws {
        #expect(try Self.text(Self.header(value), version) == "SEND\nk:\(text)\n\n\0")
    }

    @Test(
        arguments: [(.v1_2, "a\u{0}"), (.v1_1, "a\u{0}"), (.v1_1, "a\r"), (nil, "a\n"), (nil, "a\r")]
            as [(StompVersion?, String)]
    )
    func `what a version cannot express is not written`(version: StompVersion?, value: String) {
        #expect(throws: StompEncodingFault.header("k")) { try Self.header(value).encoded(as: version) }
    }

    @Test func `a name is there, and a command is made of capitals`() {
        #expect(throws: StompEncodingFault.header("")) {
            try StompFrame("SEND", [StompHeader("", "v")]).encoded(as: .v1_2)
        }
        #expect(throws: StompEncodingFault.header("a:b")) {
            try StompFrame("CONNECT", [StompHeader("a:b", "v")]).encoded(as: nil)
        }
        for command in ["", "send", "SEND\n"] {
            #expect(throws: StompEncodingFault.command) { try StompFrame(command).encoded(as: .v1_2) }
        }
    }

    @Test(arguments: StompVersion.allCases)
    func `what was written is read as it was`(version: StompVersion) throws {
        let frame = StompFrame(
            "MESSAGE",
            [StompHeader("a:b", "c\nd\\e"), StompHeader("empty", "")],
            body: Array("{}".utf8)
        )
        var piece = try frame.encoded(as: version)[...]
        var decoder = StompDecoder(version: version)
        #expect(try decoder.next(from: &piece) == .frame(frame))
        #expect(piece.isEmpty)
    }
}

import Sealing
import Testing

@Suite("Sealed texts")
struct SealerTests {
    private static let secret = Array("a secret with at least 32 bytes in it".utf8)
    private static let other = Array("another secret, as long as the first one".utf8)

    private static func sealer(_ secrets: [UInt8]...) throws -> Sealer {
        try #require(Sealer(secrets: secrets))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 5000])
    func `what was sealed is opened`(count: Int) throws {
        let sealer = try Self.sealer(Self.secret)
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let text = sealer.seal(bytes, for: "tests")
        #expect(sealer.open(text, for: "tests") == bytes)
        #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }

    @Test func `the same is never sealed the same way twice`() throws {
        let sealer = try Self.sealer(Self.secret)
        #expect(sealer.seal([1, 2], for: "tests") != sealer.seal([1, 2], for: "tests"))
    }

    @Test func `for another purpose nothing is opened`() throws {
        let sealer = try Self.sealer(Self.secret)
        #expect(sealer.open(sealer.seal([1], for: "tests"), for: "test") == nil)
    }

    @Test func `nothing that was changed is opened`() throws {
        let sealer = try Self.sealer(Self.secret)
        let text = Array(sealer.seal(Array("some words".utf8), for: "tests").utf8)
        for position in text.indices {
            for other in [UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "="), 0x20] where other != text[position] {
                var changed = text
                changed[position] = other
                #expect(sealer.open(String(decoding: changed, as: UTF8.self), for: "tests") == nil)
            }
        }
        for length in 0..<text.count {
            #expect(sealer.open(String(decoding: text.prefix(length), as: UTF8.self), for: "tests") == nil)
        }
    }

    @Test func `a new key opens what an old one sealed, as long as that is known`() throws {
        let text = try Self.sealer(Self.secret).seal([7], for: "tests")
        #expect(try Self.sealer(Self.other, Self.secret).open(text, for: "tests") == [7])
        #expect(try Self.sealer(Self.other).open(text, for: "tests") == nil)
        let new = try Self.sealer(Self.other, Self.secret).seal([8], for: "tests")
        #expect(try Self.sealer(Self.other).open(new, for: "tests") == [8])
    }

    @Test(arguments: [(31, false), (32, true)])
    func `a secret has at least 32 bytes`(count: Int, isGood: Bool) {
        #expect((Sealer(secrets: [Array(repeating: 1, count: count)]) != nil) == isGood)
        #expect(Sealer(secrets: []) == nil)
    }
}

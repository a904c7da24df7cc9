import JSON
import Testing

struct LimitTests {
    private func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }

    @Test func `accepts the depth allowed and refuses one more`() throws {
        _ = try JSONDocument(parsing: nested(64))
        #expect(throws: JSONParseError(.tooDeep(limit: 64), at: 64)) { try JSONDocument(parsing: nested(65)) }
        let shallow = JSONLimits(depth: 2)
        _ = try JSONDocument(parsing: Array("{\"a\":[1]}".utf8), limits: shallow)
        #expect(throws: JSONParseError(.tooDeep(limit: 2), at: 6)) {
            try JSONDocument(parsing: Array("{\"a\":[[1]]}".utf8), limits: shallow)
        }
    }

    @Test func `refuses a hundred thousand open brackets without going into them`() {
        let bytes = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONParseError(.tooDeep(limit: 64), at: 64)) { try JSONDocument(parsing: bytes) }
    }

    @Test func `takes no stack for depth`() throws {
        let limits = JSONLimits(depth: 100_000)
        #expect(try JSONDocument(parsing: nested(100_000), limits: limits).root.kind == .array)
    }

    @Test func `accepts the length allowed and refuses one byte more`() throws {
        let limits = JSONLimits(bytes: 4)
        _ = try JSONDocument(parsing: Array("true".utf8), limits: limits)
        #expect(throws: JSONParseError(.tooLarge(limit: 4), at: 4)) {
            try JSONDocument(parsing: Array("true ".utf8), limits: limits)
        }
    }
}

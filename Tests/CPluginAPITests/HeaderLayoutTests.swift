import CPluginAPI
import Testing

/// What is released never moves: these numbers may only be added to.
@Suite struct HeaderLayoutTests {
    @Test func `structs have the sizes of version 1.0`() {
        let sizes = unsafe [
            MemoryLayout<beam_str>.size, MemoryLayout<beam_request>.size, MemoryLayout<beam_result>.size,
            MemoryLayout<beam_host>.size, MemoryLayout<beam_plugin>.size,
        ]
        #expect(sizes == [16, 80, 64, 128, 72])
    }

    @Test func `fields lie where version 1.0 put them`() {
        let request = unsafe [
            MemoryLayout<beam_request>.offset(of: \.name), MemoryLayout<beam_request>.offset(of: \.deadline_ns),
        ]
        #expect(request == [24, 72])
        let result = unsafe [
            MemoryLayout<beam_result>.offset(of: \.structured), MemoryLayout<beam_result>.offset(of: \.content),
        ]
        #expect(result == [16, 32])
        let host = unsafe [
            MemoryLayout<beam_host>.offset(of: \.context), MemoryLayout<beam_host>.offset(of: \.complete),
            MemoryLayout<beam_host>.offset(of: \.abort),
        ]
        #expect(host == [16, 72, 120])
        let plugin = unsafe [
            MemoryLayout<beam_plugin>.offset(of: \.manifest), MemoryLayout<beam_plugin>.offset(of: \.submit),
        ]
        #expect(plugin == [24, 48])
    }

    @Test func `numbers are those of version 1.0`() {
        #expect([BEAM_OK, BEAM_INVALID_ARGUMENT, BEAM_NOT_FOUND, BEAM_FORBIDDEN, BEAM_CONFLICT] == [0, 1, 2, 3, 4])
        #expect([BEAM_UNAVAILABLE, BEAM_TIMEOUT, BEAM_TOO_LARGE, BEAM_RATE_LIMITED, BEAM_INTERNAL] == [5, 6, 7, 8, 9])
        #expect(
            [BEAM_CANCELLED, BEAM_UNSUPPORTED, BEAM_INPUT_REQUIRED, BEAM_BUSY, BEAM_STALE] == [10, 11, 12, 13, 14]
        )
        #expect([BEAM_M_START, BEAM_M_STOP, BEAM_M_HEALTH, BEAM_M_LIST] == [1, 2, 3, 4])
        #expect([BEAM_M_TOOL_CALL, BEAM_M_RESOURCE_READ, BEAM_M_PROMPT_GET, BEAM_M_COMPLETION] == [16, 17, 18, 19])
        #expect([BEAM_M_SUBSCRIBE, BEAM_M_AUTHORIZE, BEAM_M_SOURCE_QUERY] == [20, 32, 33])
    }
}

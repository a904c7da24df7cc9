import CPluginAPI

/// Copies between borrowed `beam_str` and Swift's own memory: what is passed is borrowed until the call returns.
extension beam_str {
    /// The bytes, copied.
    var copied: [UInt8] {
        guard let ptr = unsafe ptr, unsafe len > 0 else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: ptr, count: Int(len)))
    }

    /// The bytes as text, copied.
    var text: String { unsafe String(decoding: copied, as: UTF8.self) }

    /// Bytes that stay where they are for the life of the process.
    static func permanent(_ bytes: [UInt8]) -> beam_str {
        let memory = UnsafeMutablePointer<CChar>.allocate(capacity: max(bytes.count, 1))
        for (offset, byte) in bytes.enumerated() {
            unsafe memory[offset] = CChar(bitPattern: byte)
        }
        return unsafe beam_str(ptr: UnsafePointer(memory), len: UInt64(bytes.count))
    }

    /// Lends bytes for the length of a closure.
    static func lending<Result>(_ bytes: [UInt8], _ body: (beam_str) -> Result) -> Result {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe body(
                beam_str(ptr: buffer.baseAddress?.assumingMemoryBound(to: CChar.self), len: UInt64(buffer.count))
            )
        }
    }

    /// Lends text for the length of a closure.
    static func lending<Result>(_ text: String, _ body: (beam_str) -> Result) -> Result {
        unsafe lending(Array(text.utf8), body)
    }
}

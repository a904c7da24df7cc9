import CPluginAPI

/// Bytes that came through the C contract, where a length may be wrong and a pointer missing.
extension beam_str {
    /// A copy of the bytes; nil when there are more than the cap, or a length without a pointer.
    func copied(atMost cap: Int) -> [UInt8]? {
        guard unsafe len > 0 else { return [] }
        guard unsafe len <= UInt64(cap), let start = unsafe ptr else { return nil }
        // The contract says that `len` bytes are readable here until the function returns.
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: Int(len)))
    }

    /// A copy of the first bytes, whatever their number; empty when they cannot be read.
    func prefix(_ count: Int) -> [UInt8] {
        unsafe beam_str(ptr: ptr, len: min(len, UInt64(count))).copied(atMost: count) ?? []
    }
}

/// Bytes lent to the plugin until its function returns.
func withBorrowed<Result>(_ bytes: ArraySlice<UInt8>, _ body: (beam_str) -> Result) -> Result {
    unsafe bytes.withUnsafeBytes { buffer in
        let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
        return unsafe body(beam_str(ptr: start, len: UInt64(buffer.count)))
    }
}

/// Text lent to the plugin until its function returns.
func withBorrowed<Result>(_ text: String, _ body: (beam_str) -> Result) -> Result {
    var text = text
    return text.withUTF8 { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self) { characters in
            unsafe body(beam_str(ptr: characters.baseAddress, len: UInt64(characters.count)))
        }
    }
}

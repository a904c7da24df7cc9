/// Brings the server's way of writing times to ISO 8601 with `Z`.
enum ServerTimestamp {
    /// `2026-11-21T05:10:00.5Z` for `2026-11-21 05:10:00.5` and the same with `+00`.
    ///
    /// A time without a zone is UTC by convention, one with a zone because the session's zone is. Nil for what ISO 8601
    /// has no plain form for: `infinity`, years before 1 and after 9999.
    static func normalized(_ text: String) -> String? {
        var bytes = Array(text.utf8)
        if bytes.suffix(3) == Array("+00".utf8) { bytes.removeLast(3) }
        guard bytes.count >= pattern.count else { return nil }
        for (byte, expected) in zip(bytes, pattern) {
            guard expected == UInt8(ascii: "0") ? isDigit(byte) : byte == expected else { return nil }
        }
        let fraction = bytes.dropFirst(pattern.count)
        guard fraction.isEmpty || fraction.first == UInt8(ascii: ".") && fraction.dropFirst().allSatisfy(isDigit) else {
            return nil
        }
        bytes[10] = UInt8(ascii: "T")
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let pattern = Array("0000-00-00 00:00:00".utf8)

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

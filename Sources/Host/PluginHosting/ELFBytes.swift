/// Reads little-endian numbers and texts out of a file whose offsets may lie.
struct ELFBytes {
    let bytes: [UInt8]

    static let cutShort = ELFImage.Failure(reason: "The library's tables point outside the file; build it again.")

    func number<Number: FixedWidthInteger>(_ offset: UInt64, as type: Number.Type) throws(ELFImage.Failure) -> Number {
        let width = Number.bitWidth / 8
        guard offset <= UInt64(bytes.count), UInt64(bytes.count) - offset >= UInt64(width) else { throw Self.cutShort }
        var value: Number = 0
        for index in (0..<width).reversed() {
            value = value << 8 | Number(bytes[Int(offset) + index])
        }
        return value
    }

    /// Names of C++ and Swift are long, but not longer than this.
    private static let longestText = 1 << 16

    func half(_ offset: UInt64) throws(ELFImage.Failure) -> UInt16 { try number(offset, as: UInt16.self) }
    func full(_ offset: UInt64) throws(ELFImage.Failure) -> UInt32 { try number(offset, as: UInt32.self) }
    func word(_ offset: UInt64) throws(ELFImage.Failure) -> UInt64 { try number(offset, as: UInt64.self) }

    /// The text that ends with the next zero byte.
    func text(_ offset: UInt64) throws(ELFImage.Failure) -> String {
        guard offset < UInt64(bytes.count) else { throw Self.cutShort }
        let longest = bytes[Int(offset)...].prefix(Self.longestText)
        guard let end = longest.firstIndex(of: 0) else { throw Self.cutShort }
        return String(decoding: bytes[Int(offset)..<end], as: UTF8.self)
    }

    /// Where an entry of a table lies; wraps to an offset that is refused when it is read.
    static func entry(_ table: UInt64, _ index: UInt64, of size: UInt64) -> UInt64 {
        table &+ index &* size
    }
}

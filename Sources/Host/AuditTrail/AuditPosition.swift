/// A place in a trail: what comes before it is older.
struct AuditPosition: Hashable {
    /// The number of the file's first line.
    let file: UInt64
    /// In bytes.
    let offset: Int

    init(file: UInt64, offset: Int) {
        self.file = file
        self.offset = offset
    }

    init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        guard parts.count == 2, let file = UInt64(parts[0]), let offset = Int(parts[1]), offset >= 0 else { return nil }
        self.init(file: file, offset: offset)
    }

    var bytes: [UInt8] { Array("\(file) \(offset)".utf8) }
}

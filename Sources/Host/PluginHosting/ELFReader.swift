/// Walks through the tables of a shared library that `ELFImage` has found whole.
struct ELFReader {
    /// Tags of the dynamic section.
    enum Tag: UInt64 {
        case needed = 1, strings = 5, symbols = 6, rpath = 15, textrel = 22, bindNow = 24, runpath = 29, flags = 30
        case flags1 = 0x6fff_fffb, versionNeeds = 0x6fff_fffe, versionNeedCount = 0x6fff_ffff
    }

    /// A name in the dynamic symbol table that is not local.
    struct Symbol {
        let name: String
        let isDefined: Bool
        let isWeak: Bool
    }

    private struct Segment {
        let offset: UInt64
        let address: UInt64
        let fileSize: UInt64
    }

    private let bytes: ELFBytes
    private var segments: [Segment] = []
    private var entries: [(tag: UInt64, value: UInt64)] = []
    private var strings: UInt64 = 0
    private(set) var hasExecutableStack = true
    private(set) var hasReadOnlyTables = false

    init(_ bytes: [UInt8]) throws(ELFImage.Failure) {
        self.bytes = ELFBytes(bytes: bytes)
    }

    mutating func read() throws(ELFImage.Failure) {
        let table = try bytes.word(32)
        var dynamic: Segment?
        for index in 0..<UInt64(try bytes.half(56)) {
            let header = ELFBytes.entry(table, index, of: 56)
            let segment = Segment(
                offset: try bytes.word(header &+ 8),
                address: try bytes.word(header &+ 16),
                fileSize: try bytes.word(header &+ 32)
            )
            switch try bytes.full(header) {
            case 1: segments.append(segment)
            case 2: dynamic = segment
            case 0x6474_e551: hasExecutableStack = try bytes.full(header &+ 4) & 1 != 0
            case 0x6474_e552: hasReadOnlyTables = true
            default: break
            }
        }
        guard let dynamic else { throw ELFBytes.cutShort }
        for index in 0..<dynamic.fileSize / 16 {
            let entry = ELFBytes.entry(dynamic.offset, index, of: 16)
            let tag = try bytes.word(entry)
            if tag == 0 { break }
            entries.append((tag, try bytes.word(entry &+ 8)))
        }
        strings = try offset(of: .strings) ?? 0
    }

    func number(_ tag: Tag) -> UInt64? {
        entries.first { $0.tag == tag.rawValue }?.value
    }

    /// The texts all entries with a tag name.
    func texts(_ tag: Tag) throws(ELFImage.Failure) -> [String] {
        var texts: [String] = []
        for entry in entries where entry.tag == tag.rawValue {
            texts.append(try bytes.text(strings &+ entry.value))
        }
        return texts
    }

    /// The versions asked of each library.
    func versions() throws(ELFImage.Failure) -> [String: [String]] {
        guard var need = try offset(of: .versionNeeds) else { return [:] }
        var versions: [String: [String]] = [:]
        for _ in 0..<min(number(.versionNeedCount) ?? 0, Self.mostEntries) {
            let library = try bytes.text(strings &+ UInt64(try bytes.full(need &+ 4)))
            var auxiliary = need &+ UInt64(try bytes.full(need &+ 8))
            for _ in 0..<(try bytes.half(need &+ 2)) {
                versions[library, default: []].append(
                    try bytes.text(strings &+ UInt64(try bytes.full(auxiliary &+ 8)))
                )
                auxiliary = auxiliary &+ UInt64(try bytes.full(auxiliary &+ 12))
            }
            need = need &+ UInt64(try bytes.full(need &+ 12))
        }
        return versions
    }

    /// The names others see and those taken from others.
    func symbols() throws(ELFImage.Failure) -> [Symbol] {
        guard let table = try offset(of: .symbols) else { return [] }
        var symbols: [Symbol] = []
        for index in 1..<max(1, try symbolCount()) {
            let entry = ELFBytes.entry(table, index, of: 24)
            let information = try bytes.number(entry &+ 4, as: UInt8.self)
            let visibility = try bytes.number(entry &+ 5, as: UInt8.self) & 3
            let isDefined = try bytes.half(entry &+ 6) != 0
            let binding = information >> 4
            // Local names, and defined ones that are hidden, are the library's own affair.
            guard binding != 0, !isDefined || visibility == 0 || visibility == 3 else { continue }
            let name = try bytes.text(strings &+ UInt64(try bytes.full(entry)))
            symbols.append(Symbol(name: name, isDefined: isDefined, isWeak: binding == 2))
        }
        return symbols
    }

    /// How many symbols there are, which only the section table says.
    private func symbolCount() throws(ELFImage.Failure) -> UInt64 {
        let table = try bytes.word(40)
        for index in 0..<UInt64(try bytes.half(60)) {
            let header = ELFBytes.entry(table, index, of: 64)
            if try bytes.full(header &+ 4) == 11 { return min(try bytes.word(header &+ 32) / 24, Self.mostEntries) }
        }
        throw ELFImage.Failure(reason: "The library has no section table; strip it with `strip`, which leaves one.")
    }

    private func offset(of tag: Tag) throws(ELFImage.Failure) -> UInt64? {
        guard let address = number(tag) else { return nil }
        for segment in segments where address >= segment.address && address - segment.address < segment.fileSize {
            return segment.offset &+ (address - segment.address)
        }
        throw ELFBytes.cutShort
    }

    /// More of anything than a library that anybody links.
    private static let mostEntries: UInt64 = 1 << 20
}

import FoundationEssentials

/// Reads the lines of a trail from the newest to the oldest.
struct BackwardReading {
    /// How much is looked at together.
    private static let piece = 1 << 20

    private let folder: AuditFolder

    init(_ folder: AuditFolder) {
        self.folder = folder
    }

    /// Gives whole lines, until `body` says false (the line is not taken), nil (nothing older is wanted), or so many
    /// bytes are read.
    /// - Returns: where to go on; nil when nothing older is there or wanted.
    func lines(
        before start: AuditPosition?,
        atMost maximum: Int,
        _ body: (ArraySlice<UInt8>) -> Bool?
    ) throws(AuditFailure) -> AuditPosition? {
        var read = 0
        for file in try folder.files().reversed() {
            guard let number = AuditFolder.number(of: file) else { continue }
            if let start, number > start.file { continue }
            guard let data = try? Data(contentsOf: URL(filePath: file), options: .mappedIfSafe) else {
                // Deleted as too old meanwhile.
                guard FileManager.default.fileExists(atPath: file) else { continue }
                throw AuditFailure("The audit file \(file) cannot be read.")
            }
            var end = data.count
            if let start, number == start.file { end = min(end, start.offset) }
            var size = Self.piece
            while end > 0 {
                guard read < maximum else { return AuditPosition(file: number, offset: end) }
                let begin = max(0, end - size)
                let bytes = Array(data[data.startIndex + begin..<data.startIndex + end])
                var taken = bytes.count
                // What follows the last line break is not whole yet.
                var lineEnd = bytes.lastIndex(of: UInt8(ascii: "\n"))
                while let newline = lineEnd {
                    let before = bytes[..<newline].lastIndex(of: UInt8(ascii: "\n"))
                    // The line may begin before this piece.
                    guard let first = before.map({ $0 + 1 }) ?? (begin == 0 ? 0 : nil) else { break }
                    switch body(bytes[first..<newline]) {
                    case nil: return nil
                    case false?: return AuditPosition(file: number, offset: begin + newline + 1)
                    case true?: break
                    }
                    taken = first
                    lineEnd = before
                }
                guard taken < bytes.count else {
                    // No line begins here: it is longer than the piece.
                    if begin == 0 { break }
                    size *= 2
                    continue
                }
                read += bytes.count - taken
                end = begin + taken
                size = Self.piece
            }
        }
        return nil
    }
}

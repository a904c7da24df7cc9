internal import JSON

/// A result that is too long for one reply: its rows, and where they are cut.
struct RowPages: Sendable {
    /// One JSON array of arrays.
    private let rows: [UInt8]
    private var cuts: ArraySlice<Range<Int>>

    /// Cuts rows between records, so that a page has at most so many bytes or one row.
    ///
    /// Nil when the rows are no JSON array.
    init?(_ rows: [UInt8], pageBytes: Int) {
        guard rows.count > pageBytes else {
            self.init(rows: rows, cuts: [1..<max(1, rows.count - 1)])
            return
        }
        let limits = JSONLimits(depth: 256, bytes: rows.count, refusesDuplicateNames: false)
        guard let root = try? JSONDocument(parsing: rows, limits: limits).root, root.kind == .array else { return nil }
        var cuts: [Range<Int>] = []
        var page: Range<Int>?
        for element in root.elements {
            let row = element.bytes.startIndex..<element.bytes.endIndex
            // The brackets of a page are two bytes.
            if let open = page, row.upperBound - open.lowerBound + 2 > pageBytes {
                cuts.append(open)
                page = row
            } else {
                page = (page?.lowerBound ?? row.lowerBound)..<row.upperBound
            }
        }
        cuts.append(page ?? 0..<0)
        self.init(rows: rows, cuts: cuts)
    }

    private init(rows: [UInt8], cuts: [Range<Int>]) {
        self.rows = rows
        self.cuts = cuts[...]
    }

    /// What keeping the rest costs, in bytes.
    var byteCount: Int { rows.count }

    /// Whether no page is left.
    var isEmpty: Bool { cuts.isEmpty }

    /// Writes the next page, a JSON array of rows.
    mutating func writeNext(to writer: inout JSONWriter) {
        writer.beginArray()
        if let cut = cuts.popFirst(), !cut.isEmpty { writer.writeRaw(rows[cut]) }
        writer.endArray()
    }
}

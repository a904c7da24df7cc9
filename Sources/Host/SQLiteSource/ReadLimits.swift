/// How much of a result is read.
struct ReadLimits: Hashable, Sendable {
    /// At most this many rows.
    let rows: Int
    /// At most this many bytes of JSON, the outer brackets included.
    let bytes: Int

    /// These limits or the ones given, whichever is smaller; never negative.
    func tightened(rows: Int, bytes: Int) -> ReadLimits {
        ReadLimits(rows: max(0, min(self.rows, rows)), bytes: max(0, min(self.bytes, bytes)))
    }
}

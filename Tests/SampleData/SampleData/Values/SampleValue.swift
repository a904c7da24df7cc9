/// A value of a cell, independent of the database it is written to.
package enum SampleValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case double(Double)
    /// Text, and the text of JSON documents, UUIDs, dates and addresses.
    case text(String)
    /// A point in time; the column's type says whether the zone is written.
    case time(SampleInstant)
}

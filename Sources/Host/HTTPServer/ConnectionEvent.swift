/// What a shutdown tells every connection.
enum ConnectionEvent: Sendable {
    /// Take no further request; close when nothing runs.
    case drain
    /// Cancel what runs and close.
    case abort
}

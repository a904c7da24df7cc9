/// Why the gateway's own state cannot be read or written; for the operator alone.
package enum StateError: Error, Hashable, Sendable {
    /// The file cannot be opened, or is none of ours.
    case cannotOpen(path: String, detail: String)
    /// A statement failed.
    case failed(detail: String)
    /// A sealed column does not open: it was written with another key.
    case sealedWithAnotherKey
}

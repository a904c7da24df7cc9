/// Why a cursor leads nowhere.
///
/// The list must be asked for from its beginning.
package enum CursorError: Error, Hashable, Sendable {
    /// Not a cursor of this server, or of another view.
    case invalid
    /// The tools have changed since it was given out.
    case outdated
}

extension ProtocolError {
    /// A cursor that leads nowhere (2026-07-28 server/utilities/pagination, "Error handling").
    package init(_ error: CursorError) {
        switch error {
        case .invalid:
            self.init(.invalidParameters, "The cursor is not one of this list. Ask for the list without a cursor.")
        case .outdated:
            self.init(.invalidParameters, "The list has changed since. Ask for the list without a cursor.")
        }
    }
}

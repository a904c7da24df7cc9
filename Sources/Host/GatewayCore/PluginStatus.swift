/// The status numbers of the plugin contract (`BEAM_OK` and following); an unknown number counts as `internal`.
package enum PluginStatus: Int32, Hashable, Sendable, CaseIterable {
    case ok = 0
    case invalidArgument = 1
    case notFound = 2
    case forbidden = 3
    case conflict = 4
    case unavailable = 5
    case timeout = 6
    case tooLarge = 7
    case rateLimited = 8
    case `internal` = 9
    case cancelled = 10
    case unsupported = 11
    case inputRequired = 12
    case busy = 13
    case stale = 14

    /// Reads a number that came from the other side.
    package init(number: Int32) {
        self = PluginStatus(rawValue: number) ?? .internal
    }

    /// The contract's error code a caller sees for this status; nil for those that are not failures of a call.
    package var errorCode: ErrorCode? {
        switch self {
        case .ok, .cancelled, .inputRequired: nil
        case .invalidArgument: .invalidArgument
        case .notFound: .notFound
        case .forbidden: .forbidden
        case .conflict: .conflict
        case .unavailable, .busy: .unavailable
        case .timeout: .timeout
        case .tooLarge: .tooLarge
        case .rateLimited: .rateLimited
        case .internal, .unsupported, .stale: .internal
        }
    }
}

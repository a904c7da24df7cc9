/// Why a provider gave nothing usable; for the operator alone.
enum UpstreamFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// It did not answer, or not as a provider does.
    case unavailable(String)
    /// It refused what was presented: the code, the refresh token or the client.
    case rejected(String)

    var description: String {
        switch self {
        case .unavailable(let reason): "the provider cannot be used: \(reason)"
        case .rejected(let word): "the provider refused: \(word)"
        }
    }
}

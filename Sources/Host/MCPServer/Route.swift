import GatewayCore

/// What a path leads to.
enum Route: Hashable, Sendable {
    case view(View)
    /// The protected resource metadata.
    case resourceMetadata
}

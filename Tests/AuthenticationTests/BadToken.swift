import GatewayCore

/// A token that must be refused, and for which reason.
struct BadToken: Sendable, CustomStringConvertible {
    let description: String
    let refusal: TokenRefusal
    let make: @Sendable (TokenForge) async throws -> String

    init(
        _ description: String,
        _ refusal: TokenRefusal,
        _ make: @escaping @Sendable (TokenForge) async throws -> String
    ) {
        self.description = description
        self.refusal = refusal
        self.make = make
    }
}

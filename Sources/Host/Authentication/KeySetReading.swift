/// What a JWK set is worth, for those who look after a gateway.
package enum KeySetReading {
    /// How many keys of a set can check tokens of these algorithms; nil when it is no JWK set or breaks a limit.
    package static func usableKeys(
        in text: [UInt8],
        algorithms: Set<SigningAlgorithm>,
        limits: AuthenticationLimits
    ) async -> Int? {
        await KeySet(text, algorithms: algorithms, limits: limits)?.count
    }
}

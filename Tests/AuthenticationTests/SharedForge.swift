/// One forge for all tests, because making RSA keys takes time.
enum SharedForge {
    private static let making = Task { try await TokenForge() }

    static func value() async throws -> TokenForge {
        try await making.value
    }
}

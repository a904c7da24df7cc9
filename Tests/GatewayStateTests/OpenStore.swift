import Foundation
import GatewayState
import Sealing
import TestSupport

/// Stores of tests, each in a folder of its own.
enum OpenStore {
    static let secret = Array(repeating: UInt8(7), count: 32)

    static func make() throws -> StateStore {
        try open(path())
    }

    static func path() throws -> String {
        try RunFolder.current.subfolder("state") + "/state.sqlite"
    }

    static func open(_ path: String, secret: [UInt8] = secret) throws -> StateStore {
        guard let sealer = Sealer(secrets: [secret]) else { throw SetupFailure("The secret is too short.") }
        return try StateStore(path: path, sealer: sealer)
    }

    static func grant(_ id: String = "g1", client: String = "c1", createdAt: Int64 = 100) -> GrantRecord {
        GrantRecord(
            id: id,
            client: client,
            clientName: "Client",
            person: "p1",
            provider: "lab",
            issuer: "https://issuer.example",
            subject: "s1",
            username: "ada",
            groups: ["a/b", "with space"],
            scopes: ["epic:read", "epic:write"],
            authenticatedAt: 90,
            createdAt: createdAt,
            expiresAt: 10_000,
            upstreamRefreshToken: "upstream-secret-token"
        )
    }
}

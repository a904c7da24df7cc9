import AuthorizationServer
import GatewayCore
import GatewayState
import JSON
import Sealing
import Synchronization
import TestSupport

/// A broker beside an authorization server, with one source.
struct CredentialBench {
    let bench: Bench
    let broker: CredentialBroker

    static let source = "panda"
    static let origin = "https://panda.example:443"

    /// A source that is asked in these ways.
    init(
        _ ways: [SourceWay],
        hasTwoLogins: Bool = false,
        isBlocked: @escaping @Sendable (String) -> Bool = { _ in false },
        change: @escaping (inout AuthorizationSettings) -> Void = { _ in }
    ) throws {
        let adapt: (inout AuthorizationSettings) -> Void = { settings in
            settings.sources = [
                SourceAccess(source: Self.source, origin: Self.origin, namespaces: ["epic"], ways: ways)
            ]
            change(&settings)
        }
        bench = hasTwoLogins ? try Bench.withTwoLogins(adapt) : try Bench(adapt)
        broker = CredentialBroker(store: bench.store, providers: bench.lasting.providers, isBlocked: isBlocked)
        adopt(bench.settings)
    }

    func adopt(_ settings: AuthorizationSettings) {
        broker.adopt(settings, identities: bench.provider, clock: bench.clock, events: bench.events)
    }

    /// The person that the first provider knows, by the client `c1`.
    static let ada = Principal(
        issuer: "https://idp.example",
        subject: "ada",
        username: "Ada",
        roles: ["epic.user"],
        client: "c1"
    )

    static func use(
        by caller: Principal? = ada,
        as actor: SourceActor = .configured,
        isSafe: Bool = true,
        refused: SourceCredential? = nil
    ) -> CredentialUse {
        CredentialUse(
            source: source,
            namespace: "epic",
            caller: caller,
            actor: actor,
            isSafe: isSafe,
            requestID: RequestID(),
            refused: refused
        )
    }

    /// The token for one request.
    func token(_ use: CredentialUse = use()) async throws(CredentialRefusal) -> String? {
        try await broker.credential(for: use)?.token
    }

    /// Why there is none.
    func refusal(_ use: CredentialUse = use()) async -> CredentialRefusal? {
        do throws(CredentialRefusal) {
            _ = try await broker.credential(for: use)
            return nil
        } catch {
            return error
        }
    }

    /// The provider answers logins and refreshes with such access tokens.
    func answers(login: String, refresh: String? = nil, life: Int = 600) {
        bench.provider.state.withLock { state in
            state.login =
                #"{"id_token": "x", "access_token": "\#(login)", "refresh_token": "rt1", "expires_in": \#(life)}"#
            if let refresh {
                let body =
                    #"{"id_token": "y", "access_token": "\#(refresh)", "refresh_token": "rt2", "expires_in": \#(life)}"#
                state.refresh = (200, body)
            }
        }
    }

    /// What the provider gives for a token or to the gateway itself.
    func issues(_ body: String, status: Int = 200) {
        bench.provider.state.withLock { $0.issued = (status, body) }
    }

    static func exchanged(_ token: String, life: Int = 1000) -> String {
        #"""
        {"access_token": "\#(token)", "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
         "token_type": "Bearer", "expires_in": \#(life)}
        """#
    }

    /// The forms of one grant type that the token endpoint got.
    func forms(_ grant: String) throws -> [FormParameters] {
        try bench.provider.state.withLock { $0.forms }.map(FormParameters.init).filter { $0["grant_type"] == grant }
    }

    /// A signed text of some claims, with a signature of nobody.
    static func jwt(_ claims: JSONValue) -> String {
        let header: JSONValue = ["alg": "RS256"]
        return [header.serialized, claims.serialized, [1, 2, 3]].map { Sealing.Base64URL.encode($0) }
            .joined(separator: ".")
    }
}

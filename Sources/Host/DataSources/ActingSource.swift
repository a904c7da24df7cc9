package import GatewayCore

/// An HTTP source whose requests are made for the caller: each goes out with a credential that a broker gives.
///
/// It stands in front of what guards the source, so that who waits for a credential takes up none of its places.
package struct ActingSource: DataSource {
    private let name: String
    private let source: any DataSource
    private let broker: any CredentialBroking
    private let needs: CredentialNeeds

    /// Makes the source.
    /// - Parameters:
    ///   - name: As the configuration calls it.
    ///   - source: What sends the requests.
    ///   - broker: What gives the credentials.
    ///   - needs: Hears what a call misses.
    package init(name: String, _ source: any DataSource, broker: any CredentialBroking, needs: CredentialNeeds) {
        self.name = name
        self.source = source
        self.broker = broker
        self.needs = needs
    }

    package var kind: SourceKind { source.kind }

    package var actsForCallers: Bool { true }

    package func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
        guard let credential = try await credential(for: request) else { return try await source.request(request) }
        let answer = try await source.request(request.with(credential.field))
        guard answer.status == 401 else { return Self.without(credential.token, answer) }
        // It was not carried out, so that it can be sent again with a credential that is newer.
        guard let next = try await self.credential(for: request, refused: credential) else { throw .unsupported }
        let second = try await source.request(request.with(next.field))
        guard second.status == 401 else { return Self.without(next.token, second) }
        throw noted(broker.refusal(of: next, at: name), in: request)
    }

    package func close() async {
        await source.close()
    }

    private func credential(
        for request: SourceRequest,
        refused: SourceCredential? = nil
    ) async throws(SourceError) -> SourceCredential? {
        do throws(CredentialRefusal) {
            return try await broker.credential(
                for: CredentialUse(
                    source: name,
                    namespace: request.namespace,
                    caller: request.caller,
                    actor: request.actor,
                    isSafe: ["GET", "HEAD"].contains(request.method),
                    requestID: request.requestID,
                    refused: refused
                )
            )
        } catch {
            throw noted(error, in: request)
        }
    }

    private func noted(_ refusal: CredentialRefusal, in request: SourceRequest) -> SourceError {
        if let call = request.requestID { needs.note(refusal, in: call) }
        return .noCredential(refusal)
    }

    /// The answer with the credential covered, wherever a source repeats it: a plugin holds no secret.
    private static func without(_ token: String, _ answer: FetchResponse) -> FetchResponse {
        let secret = Array(token.utf8)
        return FetchResponse(
            status: answer.status,
            headers: answer.headers.map { field in
                guard let covered = covering(secret, in: Array(field.value.utf8)) else { return field }
                return HTTPField(field.name, String(decoding: covered, as: UTF8.self))
            },
            body: covering(secret, in: answer.body) ?? answer.body,
            isTruncated: answer.isTruncated
        )
    }

    /// The bytes with a star for each byte of the secret; nil when it is not there.
    private static func covering(_ secret: [UInt8], in bytes: [UInt8]) -> [UInt8]? {
        guard let first = secret.first, bytes.count >= secret.count else { return nil }
        var covered: [UInt8]?
        var start = 0
        while let found = bytes[start...].firstIndex(of: first), found + secret.count <= bytes.count {
            guard bytes[found..<found + secret.count].elementsEqual(secret) else {
                start = found + 1
                continue
            }
            // Copied once: what a hostile service sends may hold nothing else.
            if covered == nil { covered = bytes }
            for place in found..<found + secret.count { covered?[place] = UInt8(ascii: "*") }
            start = found + secret.count
        }
        return covered
    }
}

import GatewayCore
import JSON
import Sealing

/// Asks one issuer about its tokens: about each token one caller at a time, and a few tokens at a time.
actor TokenAsker {
    /// How many refused tokens are remembered, so that one that is sent all the time is asked about now and then.
    private static let remembered = 4096

    private let record: IssuerRecord
    private let questions: TokenQuestions
    private let fetch: any HTTPFetch
    private let limits: AuthenticationLimits
    private let clock: any WallClock
    private var refused = RecentTable<TokenRefusal>(capacity: remembered)
    /// Who waits for the answer about a token that somebody else is asking about; nil when that one gave up.
    private var running: [[UInt8]: [CheckedContinuation<Result<VerifiedToken, TokenRefusal>?, Never>]] = [:]
    /// Where to ask, once the issuer's metadata have said so, and until when that is believed.
    private var endpoint: (url: String, until: Int64)?
    /// When the issuer last did not answer.
    private var silentSince: Int64?

    init?(_ record: IssuerRecord, fetch: any HTTPFetch, limits: AuthenticationLimits, clock: any WallClock) {
        guard let questions = record.questions else { return nil }
        self.record = record
        self.questions = questions
        self.fetch = fetch
        self.limits = limits
        self.clock = clock
    }

    /// What a token is worth.
    func verify(_ token: [UInt8]) async throws(TokenRefusal) -> VerifiedToken {
        guard OpaqueTokens.isSendable(token) else { throw .malformed }
        let digest = Digest.sha256(token)
        while running[digest] != nil {
            if let answer = await withCheckedContinuation({ running[digest, default: []].append($0) }) {
                return try answer.get()
            }
            if Task.isCancelled { throw .keysUnavailable }
        }
        if let refusal = refused.value(for: digest, at: clock.now) { throw refusal }
        if let silentSince, (silentSince..<silentSince + limits.retryInterval).contains(clock.now) {
            throw .keysUnavailable
        }
        guard running.count < limits.questions else { throw .keysUnavailable }
        running[digest] = []
        let answer = await self.answer(about: token)
        note(answer, about: digest)
        let isOver = Task.isCancelled
        for waiting in running.removeValue(forKey: digest) ?? [] { waiting.resume(returning: isOver ? nil : answer) }
        return try answer.get()
    }

    private func answer(about token: [UInt8]) async -> Result<VerifiedToken, TokenRefusal> {
        do throws(TokenRefusal) {
            return .success(try await ask(token))
        } catch {
            return .failure(error)
        }
    }

    private func note(_ answer: Result<VerifiedToken, TokenRefusal>, about digest: [UInt8]) {
        let now = clock.now
        guard case .failure(let refusal) = answer, refusal != .keysUnavailable else { return }
        _ = refused.store(refusal, for: digest, at: now, until: now + limits.refusedLifetime)
    }

    private func ask(_ token: [UInt8]) async throws(TokenRefusal) -> VerifiedToken {
        let text = String(decoding: token, as: UTF8.self)
        switch questions.way {
        case .introspection(let address, let client, let secret):
            let answer = try await introspect(text, at: try await url(address), client, secret)
            return try verified(answer)
        case .tokenInfo(let url, let userInfoURL):
            let info = try await get(url, with: text)
            var userInfo: JSONNode?
            if let userInfoURL { userInfo = try await get(userInfoURL, with: text) }
            return try TokenInfoCheck(record: record, now: clock.now).check(info, userInfo: userInfo, of: token)
        }
    }

    private func verified(_ answer: JSONNode) throws(TokenRefusal) -> VerifiedToken {
        let now = clock.now
        let (issuer, expiry) = try IntrospectionCheck(record: record, now: now).check(answer)
        return VerifiedToken(
            principal: try ClaimMapping(record: record, now: now).principal(issuer: issuer, claims: answer),
            expiresAt: expiry,
            identifiers: ["jti", "sid"].compactMap { answer[$0]?.string },
            issuedAt: try ClaimTimes.time(answer, "iat")
        )
    }

    // MARK: - Requests

    /// The token is in the body, where no log has it (RFC 7662 section 2.1); the client is named in the usual way.
    private func introspect(
        _ token: String,
        at url: String,
        _ client: String,
        _ secret: String
    ) async throws(TokenRefusal) -> JSONNode {
        let credential = FormText.encode(client) + ":" + FormText.encode(secret)
        let body = "token=" + FormText.encode(token) + "&token_type_hint=access_token"
        let response = try await send(
            FetchRequest(
                method: "POST",
                url: url,
                headers: [
                    HTTPField("Accept", "application/json"),
                    HTTPField("Content-Type", "application/x-www-form-urlencoded"),
                    HTTPField("Authorization", "Basic " + Base64Text.encode(Array(credential.utf8))),
                ],
                body: Array(body.utf8),
                maximumBytes: limits.keySetBytes,
                deadline: .after(.seconds(limits.fetchTimeout))
            )
        )
        guard response.status == 200 else { throw .keysUnavailable }
        return try document(response)
    }

    /// Asks with the token itself, at its own issuer.
    private func get(_ url: String, with token: String) async throws(TokenRefusal) -> JSONNode {
        let response = try await send(
            FetchRequest(
                url: url,
                headers: [HTTPField("Accept", "application/json"), HTTPField("Authorization", "Bearer " + token)],
                maximumBytes: limits.keySetBytes,
                deadline: .after(.seconds(limits.fetchTimeout))
            )
        )
        switch response.status {
        case 200: return try document(response)
        case 401, 403, 404: throw .inactive
        default: throw .keysUnavailable
        }
    }

    private func document(_ response: FetchResponse) throws(TokenRefusal) -> JSONNode {
        let bounds = JSONLimits(depth: TokenPrecheck.depth, bytes: limits.keySetBytes)
        guard !response.isTruncated, let document = try? JSONDocument(parsing: response.body, limits: bounds),
            document.root.kind == .object
        else { throw .keysUnavailable }
        return document.root
    }

    private func send(_ request: FetchRequest) async throws(TokenRefusal) -> FetchResponse {
        do throws(FetchError) {
            let response = try await fetch.fetch(request)
            silentSince = nil
            return response
        } catch {
            // An odd answer may be about one token; silence is about all.
            if error != .cancelled { silentSince = clock.now }
            throw .keysUnavailable
        }
    }

    private func url(_ address: TokenQuestions.IntrospectionAddress) async throws(TokenRefusal) -> String {
        switch address {
        case .url(let url): return url
        case .discovery(let url):
            if let endpoint, clock.now < endpoint.until { return endpoint.url }
            let response = try await send(
                FetchRequest(
                    url: url,
                    headers: [HTTPField("Accept", "application/json")],
                    maximumBytes: limits.keySetBytes,
                    deadline: .after(.seconds(limits.fetchTimeout))
                )
            )
            guard response.status == 200 else { throw .keysUnavailable }
            let metadata = try document(response)
            guard let issuer = metadata["issuer"]?.string, record.issuers.containsExactly(issuer),
                let found = metadata["introspection_endpoint"]?.string
            else { throw .keysUnavailable }
            endpoint = (found, clock.now + limits.minimumKeyLifetime)
            return found
        }
    }
}

import GatewayCore
import GatewayState

/// Gets the credential for one request, by the rules of one moment.
struct CredentialDesk: Sendable {
    let broker: CredentialBroker
    let workshop: Workshop
    let access: SourceAccess
    let use: CredentialUse

    /// How often in a second, and after what pause, a login is looked at again that another gateway renews.
    private static let looks: Int64 = 4
    private static let pause = Duration.milliseconds(250)

    /// Whether a way is one for this request.
    func mayTake(_ way: SourceWay, _ index: Int) -> Bool {
        if let refused = use.refused, refused.way != index { return false }
        let isOwn = if case .client = way { true } else { false }
        return switch use.actor {
        case .configured: true
        case .user: !isOwn
        case .service: isOwn
        }
    }

    func token(by way: SourceWay) async throws(CredentialRefusal) -> String {
        switch way {
        case .login(let id, let kind): return try await loginToken(kind, at: try provider(id, way), way)
        case .exchange(let id, let kind, let aim):
            return try await exchanged(kind, aim, at: try provider(id, way), way)
        case .client(let provider, let aim, let mayWrite):
            guard use.isSafe || mayWrite else { throw refusal(.onlyReads, of: way) }
            let key = TokenShelf.Key(source: access.source, way: way)
            return try await issued(key, way) { () throws(UpstreamFault) in
                try await broker.providers.ownToken(for: aim, at: provider, workshop.settings.limits)
            }
        case .given: return try await givenToken(way)
        }
    }

    /// What to tell, with the page on which a person can mend it.
    func refusal(_ reason: CredentialRefusal.Reason, of way: SourceWay?) -> CredentialRefusal {
        let root = workshop.settings.issuer
        let (label, page): (String, String?) =
            switch way {
            case .login(let id, _), .exchange(let id, _, _):
                (workshop.settings.provider(id)?.label ?? id, root + BrowserStep.Place.logins.rawValue)
            case .client(let provider, _, _): (provider.label, nil)
            case .given(let rule): (rule.label, root + BrowserStep.tokenPath + access.source)
            case nil: ("the service", nil)
            }
        return switch reason {
        case .notLinked, .expired, .noToken, .refused: CredentialRefusal(reason, label: label, page: page)
        case .noPerson, .onlyReads, .unavailable: CredentialRefusal(reason, label: label)
        }
    }

    /// Until when a token must have been got to be renewed because its source did not take it: a source that takes none
    /// would use a refresh token up at every call.
    private var oldEnough: Int64 { workshop.now - workshop.settings.limits.sourceTokenRenewal }

    // MARK: - Tokens of logins

    private func provider(_ id: String, _ way: SourceWay) throws(CredentialRefusal) -> LoginProvider {
        guard let provider = workshop.settings.provider(id) else { throw refusal(.unavailable, of: way) }
        return provider
    }

    /// The person behind the caller; programs and networks are none.
    private func person(_ way: SourceWay) throws(CredentialRefusal) -> (issuer: String, subject: String) {
        guard let caller = use.caller, !caller.isAnonymous, !caller.isProgram, caller.network == nil else {
            throw refusal(.noPerson, of: way)
        }
        return (caller.issuer, caller.subject)
    }

    private func held(at provider: LoginProvider, _ way: SourceWay) async throws(CredentialRefusal) -> HeldLogin {
        let person = try person(way)
        let standing = try await state(way) { store throws(StateError) in
            try await store.standing(of: person, at: provider.id, issuers: provider.issuers, at: workshop.now)
        }
        switch standing {
        case .none: throw refusal(.notLinked, of: way)
        case .over: throw refusal(.expired, of: way)
        case .holds(let held): return held
        }
    }

    private func loginToken(
        _ kind: LoginToken,
        at provider: LoginProvider,
        _ way: SourceWay
    ) async throws(CredentialRefusal) -> String {
        let held = try await held(at: provider, way)
        if let token = good(held, kind) { return token }
        if let refused = use.refused?.token, let token = tokens(of: held)?.token(kind), token.text == refused,
            token.gotAt > oldEnough
        {
            throw refusal(.refused, of: way)
        }
        guard held.login.upstreamRefreshToken != nil else { throw refusal(.expired, of: way) }
        let key = TokenShelf.Key(
            source: access.source,
            way: way,
            issuer: held.login.issuer,
            subject: held.login.subject,
            provenAt: held.login.provenAt
        )
        return try await broker.renewals.value(for: key) {
            do throws(CredentialRefusal) {
                return .success(try await renewed(kind, at: provider, way))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// The token of a kind, unless it is over or the one that the source did not take.
    private func good(_ held: HeldLogin, _ kind: LoginToken) -> String? {
        tokens(of: held).flatMap { good($0, kind) }
    }

    private func tokens(of held: HeldLogin) -> LoginTokens? {
        held.tokens.flatMap { Document.value(LoginTokens.self, $0) }
    }

    private func good(_ tokens: LoginTokens, _ kind: LoginToken) -> String? {
        guard let token = tokens.token(kind), token.holds(at: workshop.now), token.text != use.refused?.token else {
            return nil
        }
        return token.text
    }

    /// The token after a renewal, by this gateway or by another on the same state.
    private func renewed(
        _ kind: LoginToken,
        at provider: LoginProvider,
        _ way: SourceWay
    ) async throws(CredentialRefusal) -> String {
        let renewal = LoginRenewal(workshop: workshop, providers: broker.providers)
        // For as long as a provider may take.
        for _ in 0..<Self.looks * workshop.settings.limits.providerTimeout {
            let held = try await held(at: provider, way)
            if let token = good(held, kind) { return token }
            let outcome: LoginRenewal.Outcome
            do throws(OAuthError) {
                outcome = try await renewal.renew(held.login, at: provider) { good($0, kind) != nil }
            } catch {
                throw refusal(.unavailable, of: way)
            }
            switch outcome {
            case .renewed(let tokens):
                guard let token = good(tokens, kind) else { throw refusal(.expired, of: way) }
                return token
            case .ended: throw refusal(.expired, of: way)
            case .unavailable: throw refusal(held.login.upstreamRefreshToken == nil ? .expired : .unavailable, of: way)
            case .overtaken: continue
            case .underWay:
                guard (try? await Task.sleep(for: Self.pause)) != nil else { throw refusal(.unavailable, of: way) }
            }
        }
        throw refusal(.unavailable, of: way)
    }

    // MARK: - Tokens for a source

    private func exchanged(
        _ kind: LoginToken,
        _ aim: TokenAim,
        at provider: LoginProvider,
        _ way: SourceWay
    ) async throws(CredentialRefusal) -> String {
        let held = try await held(at: provider, way)
        let key = TokenShelf.Key(
            source: access.source,
            way: way,
            issuer: held.login.issuer,
            subject: held.login.subject,
            provenAt: held.login.provenAt
        )
        // Whoever has disconnected everything has nothing left to exchange.
        guard held.tokens != nil else {
            broker.shelf.remove(key)
            throw refusal(.expired, of: way)
        }
        try makeRoom(for: key, way)
        if let token = broker.shelf.token(key, at: workshop.now) { return token }
        let subject = try await loginToken(kind, at: provider, way)
        return try await issued(key, way) { () throws(UpstreamFault) in
            try await broker.providers.exchanged(subject, kind, for: aim, at: provider, workshop.settings.limits)
        }
    }

    /// Takes a token off the shelf that the source did not take.
    private func makeRoom(for key: TokenShelf.Key, _ way: SourceWay) throws(CredentialRefusal) {
        guard let refused = use.refused, !broker.shelf.remove(refused.token, of: key, gotUntil: oldEnough) else {
            return
        }
        throw refusal(.refused, of: way)
    }

    /// A token from memory, or from its provider: asked for by one at a time.
    private func issued(
        _ key: TokenShelf.Key,
        _ way: SourceWay,
        _ get: @escaping @Sendable () async throws(UpstreamFault) -> IssuedToken
    ) async throws(CredentialRefusal) -> String {
        try makeRoom(for: key, way)
        return try await broker.issues.value(for: key) {
            if let token = broker.shelf.token(key, at: workshop.now) { return .success(token) }
            do throws(UpstreamFault) {
                let token = try await get()
                broker.shelf.put(token, for: key, at: workshop.now, atMost: workshop.settings.limits.sourceTokens)
                return .success(token.token)
            } catch {
                workshop.report(.credentialRefused, provider: way.provider, "\(access.source): \(error)")
                if case .rejected = error { return .failure(refusal(.refused, of: way)) }
                return .failure(refusal(.unavailable, of: way))
            }
        }.get()
    }

    private func givenToken(_ way: SourceWay) async throws(CredentialRefusal) -> String {
        let person = try person(way)
        let record = try await state(way) { store throws(StateError) in
            try await store.givenToken(for: access.source, of: person, at: workshop.now)
        }
        guard let given = record.flatMap(GivenToken.read), given.origin == access.origin else {
            throw refusal(.noToken, of: way)
        }
        guard given.token != use.refused?.token else { throw refusal(.refused, of: way) }
        return given.token
    }

    private func state<Value>(
        _ way: SourceWay,
        _ body: (StateStore) async throws(StateError) -> Value
    ) async throws(CredentialRefusal) -> Value {
        do throws(OAuthError) {
            return try await workshop.state(body)
        } catch {
            throw refusal(.unavailable, of: way)
        }
    }
}

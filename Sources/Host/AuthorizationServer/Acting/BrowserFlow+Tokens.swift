import GatewayCore
import GatewayState

/// How somebody gives a token for a source, and takes it back.
///
/// It becomes theirs who is logged in in this browser, whoever sent them the address of the page.
extension BrowserFlow {
    /// The shortest token, in bytes: a shorter one is a slip.
    private static let shortestToken = 8

    /// `GET /account/token/<source>`.
    func showToken(_ source: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await reporting(cookies) { () throws(OAuthError) in
            guard Self.isName(source) else { return Self.noSuchToken(cookies) }
            // Whether there is such a source is nobody's business who is not logged in.
            guard let session = try await session(cookies) else {
                return try await begin(.page(BrowserStep.tokenPath + source), cookies)
            }
            return try await show(source, session, nil, cookies)
        }
    }

    /// `POST /account/give-token`.
    func giveToken(_ text: String, for source: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            guard let access = try await access(source, of: session), let rule = access.given else {
                return Self.noSuchToken(cookies)
            }
            let (settings, now) = (workshop.settings, workshop.now)
            let token = Self.trimmed(text)
            if let fault = Self.fault(token, rule, settings) { return try await show(source, session, fault, cookies) }
            let end = min(now + rule.lifetime, UncheckedClaims.expiry(of: token) ?? .max)
            guard end > now else {
                return try await show(source, session, "This token is over already: get a new one.", cookies)
            }
            let record = GivenTokenRecord(
                person: session.person,
                source: source,
                issuer: session.issuer,
                subject: session.subject,
                document: Document.bytes(GivenToken(token: token, origin: access.origin)),
                givenAt: now,
                expiresAt: end
            )
            let isKept = try await workshop.state { store throws(StateError) in try await store.keep(record) }
            guard isKept else { return Self.expired(cookies) }
            note(.tokenGiven, source, access.namespaces, session)
            return BrowserStep(.go(.tokens), cookies)
        }
    }

    /// `POST /account/remove-token`.
    func removeToken(for source: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await acting(cookies) { session throws(OAuthError) in
            let wasThere = try await workshop.state { store throws(StateError) in
                try await store.removeGivenToken(for: source, of: session.person)
            }
            guard wasThere else { return Self.noSuchToken(cookies) }
            note(.tokenRemoved, source, workshop.settings.source(source)?.namespaces ?? [], session)
            return BrowserStep(.go(.tokens), cookies)
        }
    }

    /// The sources for which somebody gave a token, or may.
    func tokens(of session: BrowserSession) async throws(OAuthError) -> [AccountToken] {
        let now = workshop.now
        let present = try await workshop.state { store throws(StateError) in
            try await store.givenTokens(of: session.person, at: now)
        }
        let roles = try await roles(of: session)
        let wanted = workshop.settings.sources.filter { $0.given != nil && Self.concerns($0, roles) }
        let others = present.filter { record in !wanted.contains { $0.source == record.source } }
        return wanted.map { Self.token($0.source, $0.given?.label, present, isWanted: true) }
            + others.map { Self.token($0.source, nil, present, isWanted: false) }
    }

    // MARK: - Parts

    private func show(
        _ source: String,
        _ session: BrowserSession,
        _ fault: String?,
        _ cookies: BrowserCookies
    ) async throws(OAuthError) -> BrowserStep {
        guard let access = try await access(source, of: session), let rule = access.given else {
            return Self.noSuchToken(cookies)
        }
        let now = workshop.now
        let present = try await workshop.state { store throws(StateError) in
            try await store.givenTokens(of: session.person, at: now)
        }
        let view = GiveTokenView(
            token: Self.token(source, rule.label, present, isWanted: true),
            help: rule.help,
            prefix: rule.prefix,
            lifetime: rule.lifetime,
            moment: now,
            username: session.username ?? session.subject,
            fault: fault
        )
        return BrowserStep(.giveToken(view), cookies)
    }

    /// The source of a name, when somebody has a role of an experiment that asks it.
    private func access(_ source: String, of session: BrowserSession) async throws(OAuthError) -> SourceAccess? {
        guard let access = workshop.settings.source(source) else { return nil }
        return Self.concerns(access, try await roles(of: session)) ? access : nil
    }

    private func roles(of session: BrowserSession) async throws(OAuthError) -> Set<String> {
        let logins = try await logins(of: session.person)
        return Faces(of: session, logins, workshop.settings, workshop.identities, at: workshop.now).roles
    }

    private static func concerns(_ access: SourceAccess, _ roles: Set<String>) -> Bool {
        roles.contains { role in access.namespaces.contains { role.hasPrefix($0 + ".") } }
    }

    private static func token(
        _ source: String,
        _ label: String?,
        _ present: [GivenTokenRecord],
        isWanted: Bool
    ) -> AccountToken {
        AccountToken(
            source: source,
            label: label ?? source,
            present: present.first { $0.source == source }.map { record in
                AccountToken.Present(
                    tail: GivenToken.read(record)?.tail ?? "",
                    givenAt: record.givenAt,
                    expiresAt: record.expiresAt
                )
            },
            isWanted: isWanted
        )
    }

    /// What is wrong with a token; nil when nothing is.
    private static func fault(
        _ token: String,
        _ rule: GivenTokenRule,
        _ settings: AuthorizationSettings
    ) -> String? {
        let longest = settings.limits.sourceTokenBytes
        guard token.utf8.count >= shortestToken, BearerText.isSendable(token, atMost: longest) else {
            return "This is not a token: it has \(shortestToken) to \(longest) characters, and no spaces."
        }
        guard token.hasPrefix(rule.prefix) else { return "A token of \(rule.label) begins with \(rule.prefix)." }
        // By which somebody calls here is shown to nobody else.
        let isOurs =
            ServiceKey.isKey(token) || token.hasPrefix("beam_")
            || UncheckedClaims.text("iss", in: token) == settings.issuer
        return isOurs ? "This is a token of this server itself. Give one of \(rule.label)." : nil
    }

    private static func trimmed(_ text: String) -> String {
        let ends = text.drop(while: \.isWhitespace)
        return String(ends.reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isName(_ source: String) -> Bool {
        (1...64).contains(source.utf8.count)
            && source.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
            }
    }

    private static func noSuchToken(_ cookies: BrowserCookies) -> BrowserStep {
        turnedDown(
            "There is no token to give here",
            "None of your experiments asks for one, or it was removed already.",
            cookies,
            status: 404
        )
    }

    private func note(
        _ kind: AuthorizationEvent.Kind,
        _ source: String,
        _ namespaces: [String],
        _ session: BrowserSession
    ) {
        workshop.report(kind, provider: session.provider, source)
        let person = Principal(issuer: session.issuer, subject: session.subject, username: session.username)
        // Each experiment reads its own part of the trail.
        for namespace in namespaces.isEmpty ? [nil] : namespaces.map(Optional.some) {
            var details = ["source": source]
            details["namespace"] = namespace
            workshop.events.report(AuditedAct(kind.rawValue, principal: person, details: details))
        }
    }
}

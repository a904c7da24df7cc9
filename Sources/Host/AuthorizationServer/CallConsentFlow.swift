import GatewayCore
import GatewayState
import Sealing

/// Shows a person what one of their calls would do, and takes their answer.
///
/// Only who made the call may answer, whoever knows the address: the login in the browser must be the caller's.
struct CallConsentFlow: Sendable {
    let workshop: Workshop
    let flow: BrowserFlow

    /// What somebody decided on the page.
    enum Decision: String, Sendable {
        case approve, refuse
    }

    /// `GET /approve/<id>`.
    func show(_ id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await found(id, cookies) { (record, document, session) async throws(OAuthError) in
            BrowserStep(.callConsent(try await view(document, record.state, session)), cookies)
        }
    }

    /// `POST /approve/<id>`.
    func decide(_ decision: Decision, _ id: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await found(id, cookies) { (record, document, session) async throws(OAuthError) in
            let state: CallConsentRecord.State = decision == .approve ? .approved : .refused
            let now = workshop.now
            let isFirst = try await workshop.state { store throws(StateError) in
                try await store.answerCallConsent(
                    digest: record.digest,
                    state,
                    until: now + workshop.settings.lifetimes.approval,
                    at: now
                )
            }
            // Who presses a button twice reads what they said first.
            guard isFirst else { return await show(id, cookies) }
            note(decision == .approve ? .callApproved : .callRefused, document, session)
            return BrowserStep(.callConsent(try await view(document, state, session)), cookies)
        }
    }

    /// Finds the call of a page for its caller; everybody else is led away from it.
    private func found(
        _ id: String,
        _ cookies: BrowserCookies,
        _ body: (CallConsentRecord, CallConsentDocument, BrowserSession) async throws(OAuthError) -> BrowserStep
    ) async -> BrowserStep {
        await flow.reporting(cookies) { () throws(OAuthError) in
            guard let id = CallConsents.valid(id) else { return Self.gone(cookies) }
            let now = workshop.now
            let record = try await workshop.state { store throws(StateError) in
                try await store.callConsent(digest: Secret.digest(id), at: now)
            }
            guard let record, let document = CallConsentDocument(record.document) else { return Self.gone(cookies) }
            guard let session = try await flow.session(cookies) else {
                return try await flow.begin(.page(CallConsents.path + id), cookies)
            }
            guard try await isCaller(session, document) else {
                note(.callNotTheirs, document, session)
                return BrowserFlow.refused(
                    "This is not your call",
                    "Only who made the call can answer for it. Log in as them, or close this page.",
                    cookies,
                    status: 403
                )
            }
            return try await body(record, document, session)
        }
    }

    /// Whether the person in the browser is who made the call: by the same login, or by another of theirs.
    private func isCaller(_ session: BrowserSession, _ call: CallConsentDocument) async throws(OAuthError) -> Bool {
        let own = workshop.settings.provider(session.provider)?.issuers ?? []
        if session.subject == call.subject, session.issuer == call.issuer || own.contains(call.issuer) { return true }
        let person = try await workshop.state { store throws(StateError) in
            try await store.person(issuer: call.issuer, subject: call.subject)
        }
        return person == session.person
    }

    private func view(
        _ document: CallConsentDocument,
        _ state: CallConsentRecord.State,
        _ session: BrowserSession
    ) async throws(OAuthError) -> CallConsentView {
        var client: Client?
        if let id = document.client { client = try? await flow.directory.client(id) }
        return CallConsentView(
            id: document.id,
            experiment: document.item.namespace,
            item: document.item.localName,
            client: client.map(\.name) ?? document.client,
            clientTrust: client?.trust,
            username: session.username ?? session.subject,
            sheet: document.sheet,
            state: CallConsentView.State(state)
        )
    }

    private func note(_ kind: AuthorizationEvent.Kind, _ call: CallConsentDocument, _ session: BrowserSession) {
        workshop.report(kind, client: call.client, provider: session.provider)
        workshop.events.report(
            AuditedAct(
                kind.rawValue,
                principal: Principal(
                    issuer: session.issuer,
                    subject: session.subject,
                    username: session.username,
                    client: call.client
                ),
                item: call.item,
                argumentsDigest: call.argumentsDigest
            )
        )
    }

    private static func gone(_ cookies: BrowserCookies) -> BrowserStep {
        BrowserFlow.refused(
            "There is nothing to answer here",
            "The call was asked about too long ago, or never. Make it again in the application.",
            cookies,
            status: 404
        )
    }
}

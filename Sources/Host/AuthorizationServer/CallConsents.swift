package import GatewayCore
import GatewayState
import JSON
import Sealing

/// Keeps what people are asked about calls, and what they said, for every gateway with the same state.
package struct CallConsents: CallConsenting {
    let workshop: Workshop

    /// Where the pages lie, below the public URL.
    package static let path = "/approve/"

    package func answer(to call: ConsentSubject) async -> ConsentAnswer {
        let (purpose, now) = (Self.purpose(of: call), workshop.now)
        do throws(OAuthError) {
            let record = try await workshop.state { store throws(StateError) in
                try await store.callConsent(purpose: purpose, at: now)
            }
            guard let record, let document = CallConsentDocument(record.document) else { return .nothing }
            switch record.state {
            case .waiting, .spent: return .nothing
            case .refused: return .said(document.interaction.answered(false, to: document.statement))
            case .approved:
                let isOurs = try await workshop.state { store throws(StateError) in
                    try await store.spendCallConsent(digest: record.digest, at: now)
                }
                return isOurs ? .said(document.interaction.answered(true, to: document.statement)) : .nothing
            }
        } catch {
            return .unavailable
        }
    }

    package func ask(_ question: ConsentPage) async -> ConsentPlace {
        let (settings, call) = (workshop.settings, question.subject)
        guard settings.providers.contains(where: { $0.issuers.contains(call.principal.issuer) }) else { return .nobody }
        let document = CallConsentDocument(question, id: Self.newID())
        let record = CallConsentRecord(
            purpose: Self.purpose(of: call),
            digest: Secret.digest(document.id),
            caller: Self.digest(of: [call.principal.issuer, call.principal.subject]),
            document: document.bytes,
            expiresAt: workshop.now + settings.lifetimes.approval
        )
        do throws(OAuthError) {
            let outcome = try await workshop.state { store throws(StateError) in
                try await store.add(
                    record,
                    atMost: settings.limits.waitingApprovals,
                    perCaller: settings.limits.approvalsPerCaller,
                    at: workshop.now
                )
            }
            switch outcome {
            case .added: return .page(url: url(of: document.id))
            case .present(let record):
                // Its own page still, so that the one somebody reads stays good.
                return CallConsentDocument(record.document).map { .page(url: url(of: $0.id)) } ?? .unavailable
            case .full: return .tooMany
            }
        } catch {
            return .unavailable
        }
    }

    private func url(of id: String) -> String { workshop.settings.issuer + Self.path + id }

    /// 128 random bits.
    private static func newID() -> String { Base64URL.encode(RandomBytes.make(count: 16)) }

    /// An id in the form we give; nil for anything else, which is not even looked for.
    static func valid(_ id: String) -> String? { Base64URL.decode(id.utf8)?.count == 16 ? id : nil }

    /// Names the call by what it does and who makes it: the same again has the same name, however it is written.
    private static func purpose(of call: ConsentSubject) -> String {
        var writer = JSONWriter(capacity: 512)
        writer.beginArray()
        for part in [
            call.principal.issuer, call.principal.subject, call.principal.client ?? "", call.item.kind.rawValue,
            call.item.namespace, call.item.localName, call.name,
        ] { writer.write(part) }
        call.arguments?.writeCanonically(to: &writer)
        writer.endArray()
        return Digest.sha256Text(writer.bytes)
    }

    private static func digest(of parts: [String]) -> String {
        Digest.sha256Text(JSONValue.array(parts.map(JSONValue.string)).serialized)
    }
}

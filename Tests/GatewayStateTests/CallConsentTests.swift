import GatewayState
import Testing

@Suite("Calls that people are asked about, in the state store")
struct CallConsentTests {
    private func consent(_ purpose: String, caller: String = "ada", expiresAt: Int64 = 100) -> CallConsentRecord {
        CallConsentRecord(
            purpose: purpose,
            digest: "page of \(purpose) until \(expiresAt)",
            caller: caller,
            document: Array("what is shown".utf8),
            expiresAt: expiresAt
        )
    }

    private func add(
        _ store: StateStore,
        _ consent: CallConsentRecord,
        at now: Int64 = 50,
        atMost maximum: Int = 10
    ) async throws -> CallConsentOutcome {
        try await store.add(consent, atMost: maximum, perCaller: 2, at: now)
    }

    @Test(arguments: Engine.allCases) func `the same call is asked about once at a time`(_ engine: Engine) async throws
    {
        let store = try await engine.store()
        #expect(try await add(store, consent("p")) == .added)
        #expect(try await add(store, consent("p", expiresAt: 200)) == .present(consent("p")))
        #expect(try await store.callConsent(purpose: "p", at: 99) == consent("p"))
        #expect(try await store.callConsent(digest: consent("p").digest, at: 99) == consent("p"))
        #expect(try await store.callConsent(purpose: "p", at: 100) == nil)
        #expect(try await store.callConsent(digest: "another page", at: 99) == nil)
        #expect(try await add(store, consent("p", expiresAt: 200), at: 100) == .added, "its time was over")
    }

    @Test(arguments: Engine.allCases) func `an answer counts once, and an approval is spent once`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        _ = try await add(store, consent("p"))
        let digest = consent("p").digest
        #expect(try await !store.spendCallConsent(digest: digest, at: 60), "nobody said anything")
        #expect(try await store.answerCallConsent(digest: digest, .approved, until: 160, at: 60))
        #expect(try await !store.answerCallConsent(digest: digest, .refused, until: 160, at: 61))
        #expect(try await store.callConsent(purpose: "p", at: 159)?.state == .approved)
        #expect(try await !store.spendCallConsent(digest: digest, at: 160), "too late")
        let spent = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { try await store.spendCallConsent(digest: digest, at: 159) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(spent == 1)
        #expect(try await store.callConsent(purpose: "p", at: 159)?.state == .spent)
        #expect(try await add(store, consent("p", expiresAt: 300), at: 159) == .added, "it may be asked about again")
    }

    @Test(arguments: Engine.allCases) func `an answer that comes too late does not count`(_ engine: Engine) async throws
    {
        let store = try await engine.store()
        _ = try await add(store, consent("p"))
        #expect(try await !store.answerCallConsent(digest: consent("p").digest, .approved, until: 200, at: 100))
    }

    @Test(arguments: Engine.allCases) func `a refusal is never spent and stands until its time is over`(
        _ engine: Engine
    ) async throws {
        let store = try await engine.store()
        _ = try await add(store, consent("p"))
        let digest = consent("p").digest
        #expect(try await store.answerCallConsent(digest: digest, .refused, until: 160, at: 60))
        #expect(try await !store.spendCallConsent(digest: digest, at: 61))
        #expect(try await store.callConsent(purpose: "p", at: 159)?.state == .refused)
        guard case .present(let record) = try await add(store, consent("p", expiresAt: 300), at: 159) else {
            Issue.record("it is asked about again")
            return
        }
        #expect(record.state == .refused)
    }

    @Test(arguments: Engine.allCases) func `so many calls wait, of one caller and of all`(_ engine: Engine) async throws
    {
        let store = try await engine.store()
        #expect(try await add(store, consent("a")) == .added)
        #expect(try await add(store, consent("b")) == .added)
        #expect(try await add(store, consent("c")) == .full, "of one caller")
        #expect(try await add(store, consent("c", caller: "bob"), atMost: 2) == .full, "of all")
        #expect(try await add(store, consent("c", caller: "bob"), atMost: 3) == .added)
        let later = consent("d", expiresAt: 200)
        #expect(try await add(store, later, at: 100, atMost: 1) == .added, "the others are too old")
        try await store.prune(at: 100)
        #expect(try await store.callConsent(purpose: "a", at: 0) == nil)
        #expect(try await store.callConsent(purpose: "d", at: 150) != nil)
    }

    @Test(arguments: Engine.allCases) func `what is shown is sealed in the file`(_ engine: Engine) async throws {
        let place = try await engine.place()
        let store = try await place.open()
        _ = try await add(store, consent("p"))
        let other = try await place.open(secret: Array(repeating: 8, count: 32))
        await #expect(throws: StateError.sealedWithAnotherKey) { try await other.callConsent(purpose: "p", at: 60) }
    }
}

import DataSources
import GatewayCore
import Synchronization
import Testing

@Suite("Sources that are asked for callers")
struct ActingSourceTests {
    /// Gives one credential after the other, and a refusal when there is none left.
    private final class Broker: CredentialBroking {
        private let state: Mutex<(tokens: [String], uses: [CredentialUse])>

        init(_ tokens: [String]) {
            state = Mutex((tokens, []))
        }

        var uses: [CredentialUse] { state.withLock { $0.uses } }

        func credential(for use: CredentialUse) async throws(CredentialRefusal) -> SourceCredential? {
            let token = state.withLock { state in
                state.uses.append(use)
                return state.tokens.isEmpty ? nil : state.tokens.removeFirst()
            }
            if use.actor == .service { return nil }
            guard let token else { throw CredentialRefusal(.noToken, label: "PanDA", page: "https://gw/p") }
            return SourceCredential(field: HTTPField("Authorization", "Bearer " + token), token: token, way: 0)
        }

        func refusal(of credential: SourceCredential, at source: String) -> CredentialRefusal {
            CredentialRefusal(.refused, label: source)
        }
    }

    /// Answers 401 to all but one credential.
    private final class Service: DataSource {
        let kind = SourceKind.http
        let good: String
        let answer: FetchResponse
        let requests = Mutex<[SourceRequest]>([])

        init(good: String, _ answer: FetchResponse = FetchResponse(status: 200, headers: [], body: [])) {
            self.good = good
            self.answer = answer
        }

        func request(_ request: SourceRequest) async throws(SourceError) -> FetchResponse {
            requests.withLock { $0.append(request) }
            return request.credential?.value == "Bearer " + good
                ? answer : FetchResponse(status: 401, headers: [], body: [])
        }
    }

    private static let caller = Principal(issuer: "https://i", subject: "ada")

    private static func request(
        _ method: String = "GET",
        as actor: SourceActor = .configured,
        in call: RequestID = RequestID()
    ) -> SourceRequest {
        SourceRequest(
            method: method,
            path: "/",
            maximumBytes: 10,
            deadline: .after(.seconds(600)),
            namespace: "epic",
            requestID: call,
            caller: caller,
            actor: actor
        )
    }

    private static func failure(_ source: ActingSource, _ request: SourceRequest) async -> SourceError? {
        do throws(SourceError) {
            _ = try await source.request(request)
            return nil
        } catch {
            return error
        }
    }

    @Test func `each request goes out with the caller's credential, and once`() async throws {
        let (broker, service) = (Broker(["t1", "t2"]), Service(good: "t1"))
        let source = ActingSource(name: "panda", service, broker: broker, needs: CredentialNeeds())
        #expect(source.kind == .http && source.actsForCallers && !service.actsForCallers)
        #expect(try await source.request(Self.request("POST")).status == 200)
        #expect(service.requests.withLock { $0.map(\.credential) } == [HTTPField("Authorization", "Bearer t1")])
        let use = try #require(broker.uses.first)
        #expect(use.source == "panda" && use.namespace == "epic" && use.caller == Self.caller && !use.isSafe)
    }

    @Test func `what is refused is sent once more with another credential, and no more`() async throws {
        let (broker, service) = (Broker(["t1", "t2", "t3"]), Service(good: "t2"))
        let source = ActingSource(name: "panda", service, broker: broker, needs: CredentialNeeds())
        #expect(try await source.request(Self.request()).status == 200)
        #expect(broker.uses.map(\.refused?.token) == [nil, "t1"])
        let (needs, call) = (CredentialNeeds(), RequestID())
        let strict = Service(good: "t9")
        let refused = ActingSource(name: "panda", strict, broker: Broker(["t1", "t2", "t3"]), needs: needs)
        let refusal = CredentialRefusal(.refused, label: "panda")
        #expect(await Self.failure(refused, Self.request(in: call)) == .noCredential(refusal))
        #expect(strict.requests.withLock { $0.count } == 2)
        #expect(needs.take(call) == refusal && needs.take(call) == nil)
    }

    @Test func `without a credential nothing is sent, and the call is known to have missed it`() async throws {
        let (needs, call, service) = (CredentialNeeds(), RequestID(), Service(good: "t1"))
        let source = ActingSource(name: "panda", service, broker: Broker([]), needs: needs)
        let refusal = CredentialRefusal(.noToken, label: "PanDA", page: "https://gw/p")
        #expect(await Self.failure(source, Self.request(in: call)) == .noCredential(refusal))
        #expect(service.requests.withLock { $0.isEmpty })
        #expect(needs.take(RequestID()) == nil && needs.take(call) == refusal)
    }

    @Test func `as the service it is asked with what the operator configured alone`() async throws {
        let service = Service(good: "t1")
        let source = ActingSource(name: "panda", service, broker: Broker(["t1"]), needs: CredentialNeeds())
        #expect(try await source.request(Self.request(as: .service)).status == 401)
        #expect(service.requests.withLock { $0.map(\.credential) } == [nil])
    }

    @Test func `a credential that the source repeats does not reach the plugin`() async throws {
        let answer = FetchResponse(
            status: 200,
            headers: [HTTPField("etag", "\"secret-1\""), HTTPField("date", "today")],
            body: Array(#"{"you": "secret-1", "and": "secret-1secret-", "x": "s"}"#.utf8),
            isTruncated: true
        )
        let source = ActingSource(
            name: "panda",
            Service(good: "secret-1", answer),
            broker: Broker(["secret-1"]),
            needs: CredentialNeeds()
        )
        let covered = try await source.request(Self.request())
        #expect(
            String(decoding: covered.body, as: UTF8.self)
                == #"{"you": "********", "and": "********secret-", "x": "s"}"#
        )
        #expect(covered.headers == [HTTPField("etag", "\"********\""), HTTPField("date", "today")])
        #expect(covered.status == 200 && covered.isTruncated)
    }

    @Test func `a plugin may ask as the user where the source can, and hears what to do where it cannot`() async {
        let source = ActingSource(
            name: "panda",
            Service(good: "t1"),
            broker: Broker(["t1"]),
            needs: CredentialNeeds()
        )
        let desk = ServiceDesk(["panda": source])
        let body = #"{"source":"panda","path":"/","act_as":"user"}"#
        #expect(await desk.ask("source.request", body, parent: .call(1)).status == .ok)
        let answer = await desk.ask("source.request", body, parent: .call(1))
        #expect(answer.status == .forbidden)
        #expect(
            answer.body
                == #"{"message":"This is done for you with a token of yours for PanDA, and there is none.","hint":"Give one at https://gw/p, then call again."}"#
        )
        #expect(desk.reports.all.isEmpty)
    }

    @Test func `a source whose credentials are missing is not down`() async throws {
        let down = CredentialRefusal(.unavailable, label: "PanDA")
        let source = GuardedSource(name: "panda", FakeSource(.http, response: .failure(.noCredential(down))))
        for _ in 0..<10 { _ = try? await source.request(Self.request()) }
        #expect(source.health.status == .ok)
    }

    @Test func `so many calls are remembered, the last ones`() {
        let needs = CredentialNeeds()
        let calls = (0...CredentialNeeds.capacity).map { _ in RequestID() }
        for call in calls { needs.note(CredentialRefusal(.noToken, label: "x"), in: call) }
        #expect(needs.take(calls[0]) == nil)
        #expect(needs.take(calls[1]) != nil && needs.take(calls[CredentialNeeds.capacity]) != nil)
    }
}

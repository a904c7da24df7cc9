import GatewayCore
import JSON
import Synchronization
import Testing

@Suite("How many calls may run")
struct CallAdmissionTests {
    private static func person(_ name: String, issuer: String = "i", client: String? = "c") -> Principal {
        Principal(issuer: issuer, subject: name, client: client)
    }

    private static let empty = CallLoad(running: 0, byNamespace: [:], principals: 0, clients: 0)

    /// The code of the refusal; nil when the call was let in.
    private static func refusal(
        _ admission: CallAdmission,
        _ who: Principal,
        _ namespace: String = "epic"
    ) -> ErrorCode? {
        do throws(GatewayError) {
            _ = try admission.enter(who, namespace: namespace)
            return nil
        } catch {
            #expect(error.retryAfterMilliseconds == 1000)
            return error.code
        }
    }

    @Test(arguments: [1, 2, 64])
    func `a caller has so many calls, and one more when one has ended`(limit: Int) throws {
        let admission = CallAdmission(limits: CallLimits(concurrentPerPrincipal: limit))
        let tickets = try (0..<limit).map { _ in try admission.enter(Self.person("ann"), namespace: "epic") }
        #expect(Self.refusal(admission, Self.person("ann")) == .rateLimited)
        #expect(Self.refusal(admission, Self.person("ann", issuer: "other", client: "d")) == nil)
        #expect(Self.refusal(admission, Self.person("bob")) == nil)
        admission.leave(tickets[0])
        #expect(Self.refusal(admission, Self.person("ann")) == nil)
        #expect(Self.refusal(admission, Self.person("ann")) == .rateLimited)
    }

    @Test func `a client has so many calls for all its users together`() throws {
        let admission = CallAdmission(limits: CallLimits(concurrentPerClient: 2))
        let ticket = try admission.enter(Self.person("ann"), namespace: "epic")
        _ = try admission.enter(Self.person("bob"), namespace: "atlas")
        #expect(Self.refusal(admission, Self.person("cid")) == .rateLimited)
        #expect(Self.refusal(admission, Self.person("cid", client: "d")) == nil)
        #expect(Self.refusal(admission, Self.person("cid", issuer: "other")) == nil)
        admission.leave(ticket)
        #expect(Self.refusal(admission, Self.person("cid")) == nil)
    }

    @Test func `callers without a token are one client and not one caller`() throws {
        let admission = CallAdmission(limits: CallLimits(concurrentPerPrincipal: 1, concurrentPerClient: 3))
        for _ in 0..<3 { _ = try admission.enter(.anonymous, namespace: "epic") }
        #expect(Self.refusal(admission, .anonymous) == .rateLimited)
        #expect(admission.load == CallLoad(running: 3, byNamespace: ["epic": 3], principals: 0, clients: 1))
    }

    @Test func `a busy namespace leaves the others their share`() throws {
        let admission = CallAdmission(limits: CallLimits(concurrentPerNamespace: 2, concurrentCalls: 4))
        let ticket = try admission.enter(Self.person("ann"), namespace: "epic")
        _ = try admission.enter(Self.person("bob"), namespace: "epic")
        #expect(Self.refusal(admission, Self.person("cid")) == .unavailable)
        #expect(Self.refusal(admission, Self.person("cid"), "atlas") == nil)
        admission.leave(ticket)
        #expect(Self.refusal(admission, Self.person("cid")) == nil)
    }

    @Test func `so many run in all`() throws {
        let admission = CallAdmission(limits: CallLimits(concurrentCalls: 2))
        let ticket = try admission.enter(Self.person("ann"), namespace: "epic")
        _ = try admission.enter(Self.person("bob"), namespace: "atlas")
        #expect(Self.refusal(admission, Self.person("cid"), "rubin") == .unavailable)
        admission.leave(ticket)
        #expect(Self.refusal(admission, Self.person("cid"), "rubin") == nil)
    }

    @Test(arguments: [
        CallLimits(concurrentPerPrincipal: 1), CallLimits(concurrentPerClient: 1),
        CallLimits(concurrentPerNamespace: 1),
        CallLimits(concurrentCalls: 1),
    ])
    func `a refused call is counted nowhere, and ended ones leave nothing`(limits: CallLimits) throws {
        let admission = CallAdmission(limits: limits)
        let ticket = try admission.enter(Self.person("ann"), namespace: "epic")
        let before = admission.load
        #expect(before == CallLoad(running: 1, byNamespace: ["epic": 1], principals: 1, clients: 1))
        #expect(Self.refusal(admission, Self.person("ann")) != nil)
        #expect(admission.load == before)
        admission.leave(ticket)
        #expect(admission.load == Self.empty)
    }

    @Test func `limits below one count as one`() throws {
        let admission = CallAdmission(
            limits: CallLimits(
                concurrentPerPrincipal: 0,
                concurrentPerClient: -1,
                concurrentPerNamespace: 0,
                concurrentCalls: 0
            )
        )
        admission.leave(try admission.enter(Self.person("ann"), namespace: "epic"))
        #expect(admission.load == Self.empty)
    }

    /// A thousand callers at once fill the table of counts, and come and go in every order.
    @Test(arguments: [1, 3, 7, 11])
    func `many callers are told apart whatever the order in which they end`(stride: Int) throws {
        let admission = CallAdmission(limits: CallLimits(concurrentPerPrincipal: 1, concurrentPerNamespace: 1000))
        let people = (0..<1000).map { Self.person("p\($0)", client: "c\($0 / 4)") }
        let tickets = try people.map { try admission.enter($0, namespace: "epic") }
        #expect(admission.load == CallLoad(running: 1000, byNamespace: ["epic": 1000], principals: 1000, clients: 250))
        var left: Set<Int> = []
        for step in 0..<1000 {
            let number = step * stride % 1000
            admission.leave(tickets[number])
            left.insert(number)
            if step % 97 == 0 {
                let others = people.indices.filter { !left.contains($0) }
                for other in others { #expect(Self.refusal(admission, people[other], "atlas") == .rateLimited) }
            }
        }
        #expect(left.count == 1000)
        #expect(admission.load == Self.empty)
    }
}

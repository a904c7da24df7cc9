import DataSources
import GatewayCore
import Testing

@Suite("Messages behind the walls of a source")
struct GuardedMessageTests {
    /// A broker that keeps each message until its task is cancelled, and then says what it knows.
    private struct Hanging: DataSource {
        let lastWord: SourceError?
        var kind: SourceKind { .message }

        func send(_ message: SourceMessage) async throws(SourceError) {
            let (stream, continuation) = AsyncStream<Never>.makeStream()
            await withTaskCancellationHandler {
                for await _ in stream {}
            } onCancel: {
                continuation.finish()
            }
            if let lastWord { throw lastWord }
        }
    }

    private static func message(within duration: Duration = .seconds(60)) -> SourceMessage {
        SourceMessage(destination: "/queue/a", body: [], deadline: .after(duration), namespace: "epic")
    }

    private static func failure(_ source: GuardedSource, within duration: Duration = .seconds(60)) async -> SourceError?
    {
        do throws(SourceError) {
            try await source.send(message(within: duration))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [SourceError.unconfirmed(detail: "x"), .timeout, nil])
    func `what the driver says of a message after its deadline counts`(lastWord: SourceError?) async {
        let source = GuardedSource(name: "broker", Hanging(lastWord: lastWord))
        #expect(await Self.failure(source, within: .milliseconds(10)) == lastWord)
    }

    @Test(
        arguments: [
            (.unconfirmed(detail: "x"), .zero, .down), (.unconfirmed(detail: "x"), .seconds(1), .ok),
            (.unanswered(detail: "x"), .zero, .ok), (.unavailable(detail: "x"), .seconds(1), .down),
        ] as [(SourceError, Duration, SourceHealth.Status)]
    )
    func `a broker is down when it is silent, not when a reader is`(
        error: SourceError,
        patience: Duration,
        status: SourceHealth.Status
    ) async {
        let limits = SourceLimits(breaker: BreakerPolicy(failures: 1, patience: patience))
        let source = GuardedSource(name: "broker", FakeSource(.message, reply: .failure(error)), limits: limits)
        #expect(await Self.failure(source) == error)
        #expect(source.health.status == status)
    }

    @Test func `messages and questions take places like any operation, and pass unchanged`() async throws {
        let fake = FakeSource(.message, reply: .success(MessageReply(headers: [], body: [7])))
        let source = GuardedSource(name: "broker", fake)
        try await source.send(Self.message())
        let exchange = SourceExchange(destination: "/queue/b", maximumBytes: 1, deadline: .after(.seconds(60))) { _ in
            []
        }
        #expect(try await source.exchange(exchange).body == [7])
        #expect(fake.messages.map(\.destination) == ["/queue/a"])
        #expect(fake.exchanges.map(\.destination) == ["/queue/b"])
    }
}

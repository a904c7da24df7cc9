import GatewayCore
import MessageBroker
import MessageSource
import OutboundStream

extension MessageBroker {
    /// Where this broker is, for the user of a gateway.
    var settings: MessageSettings {
        MessageSettings(
            stream: StreamSettings(host: "127.0.0.1", port: port),
            login: BrokerLogin(user: "gateway", password: Self.password),
            destinations: [DestinationRule("/queue/*"), DestinationRule("/topic/*")].compactMap(\.self)
        )
    }

    /// A source on this broker.
    func source(_ change: (inout MessageSettings) -> Void = { _ in }) -> MessageSource {
        var settings = settings
        change(&settings)
        return MessageSource(name: "broker", settings: settings)
    }
}

extension MessageSource {
    func send(
        _ body: String,
        to destination: String,
        _ headers: [MessageHeader] = [],
        receipt: Bool = true,
        within duration: Duration = .seconds(60)
    ) async throws(SourceError) {
        try await send(
            SourceMessage(
                destination: destination,
                headers: headers,
                body: Array(body.utf8),
                wantsReceipt: receipt,
                deadline: .after(duration)
            )
        )
    }

    func ask(
        _ destination: String,
        maximumBytes: Int = 1 << 20,
        within duration: Duration = .seconds(60),
        body: @escaping @Sendable (String) -> String
    ) async throws(SourceError) -> MessageReply {
        try await exchange(
            SourceExchange(destination: destination, maximumBytes: maximumBytes, deadline: .after(duration)) {
                Array(body($0).utf8)
            }
        )
    }

    /// Why a message is not sent; nil when it is.
    func failure(
        sending body: String,
        to destination: String,
        _ headers: [MessageHeader] = [],
        receipt: Bool = true,
        within duration: Duration = .seconds(60)
    ) async -> SourceError? {
        do throws(SourceError) {
            try await send(body, to: destination, headers, receipt: receipt, within: duration)
            return nil
        } catch {
            return error
        }
    }

    /// Why a question is not answered; nil when it is.
    func failure(
        asking destination: String,
        maximumBytes: Int = 1 << 20,
        within duration: Duration = .seconds(60)
    ) async -> SourceError? {
        do throws(SourceError) {
            _ = try await ask(destination, maximumBytes: maximumBytes, within: duration) { _ in "{}" }
            return nil
        } catch {
            return error
        }
    }
}

extension MessageReply {
    var text: String { String(decoding: body, as: UTF8.self) }
}

extension SourceError {
    /// What the operator reads, when there is something.
    var detail: String? {
        switch self {
        case .rejected(let detail), .unavailable(let detail), .unconfirmed(let detail), .unanswered(let detail): detail
        case .invalid, .down, .timeout, .tooLarge, .cancelled, .unsupported, .noCredential: nil
        }
    }

    var isUnconfirmed: Bool { if case .unconfirmed = self { true } else { false } }
    var isUnanswered: Bool { if case .unanswered = self { true } else { false } }
    var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
    var isRejected: Bool { if case .rejected = self { true } else { false } }
    var isInvalid: Bool { if case .invalid = self { true } else { false } }
}

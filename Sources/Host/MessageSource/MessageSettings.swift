package import GatewayCore
package import OutboundStream
package import StompProtocol

/// What a message source is told by the configuration.
package struct MessageSettings: Sendable {
    /// Where the broker is.
    package var stream: StreamSettings
    /// The broker's name for itself, for one that serves several; nil for its host.
    package var virtualHost: String?
    /// Nil for a broker that lets everybody in.
    package var login: BrokerLogin?
    /// Where messages may be sent.
    package var destinations: [DestinationRule]
    /// What the names of the queues for answers begin with.
    package var replyPrefix: String
    /// How often a sign of life is sent and wanted; zero for none.
    package var heartBeat: Duration
    /// The longest body of a message or an answer, in bytes.
    package var maximumBytes: Int
    /// How many bytes may wait for a broker that takes them slowly; a message that would pass it is `.unavailable`.
    package var bufferedBytes: Int
    /// How many messages may be under way at a time; one more is `.unavailable`.
    package var underWay: Int
    /// How long nobody connects after a failure, doubled with each one that follows up to `longestBackOff`.
    package var firstBackOff: Duration
    package var longestBackOff: Duration
    /// How long a queue that had its answer is left alone before the next: a second answer must not meet another question.
    package var replyRest: Duration
    /// The versions offered to the broker, which chooses; at least one.
    package var versions: [StompVersion]

    package init(
        stream: StreamSettings,
        virtualHost: String? = nil,
        login: BrokerLogin? = nil,
        destinations: [DestinationRule] = [],
        replyPrefix: String = "/queue/beamline.reply.",
        heartBeat: Duration = .seconds(10),
        maximumBytes: Int = 1 << 20,
        bufferedBytes: Int = 4 << 20,
        underWay: Int = 1024,
        firstBackOff: Duration = .milliseconds(100),
        longestBackOff: Duration = .seconds(5),
        replyRest: Duration = .seconds(60),
        versions: [StompVersion] = StompVersion.allCases
    ) {
        self.stream = stream
        self.virtualHost = virtualHost
        self.login = login
        self.destinations = destinations
        self.replyPrefix = replyPrefix
        self.heartBeat = heartBeat
        self.maximumBytes = maximumBytes
        self.bufferedBytes = bufferedBytes
        self.underWay = underWay
        self.firstBackOff = firstBackOff
        self.longestBackOff = longestBackOff
        self.replyRest = replyRest
        self.versions = versions
    }
}

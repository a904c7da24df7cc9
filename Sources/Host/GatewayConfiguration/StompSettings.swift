/// A source of kind `stomp`: a message broker, reached as one user.
package struct StompSettings: Hashable, Sendable {
    package var host = ""
    package var port = 61_613
    /// The broker's name for itself, for one that serves several.
    package var virtualHost: String?
    package var isEncrypted = false
    /// A PEM file of the only authorities that may sign the broker's certificate.
    package var authoritiesFile: String?
    package var user: String?
    package var password: SettingValue?
    /// Where messages may be sent, a star at the end for one part of a name.
    package var destinations: [String] = []
    /// What the names of the queues for answers begin with.
    package var replyPrefix = "/queue/beamline.reply."
    /// How often a sign of life is sent and wanted; zero for none.
    package var heartBeat = Duration.seconds(10)
    package var connectTimeout = Duration.seconds(5)
    /// The longest body of a message or an answer, in bytes.
    package var maximumBytes = 1 << 20
    /// How many bytes may wait for a broker that takes them slowly.
    package var bufferedBytes = 4 << 20
}

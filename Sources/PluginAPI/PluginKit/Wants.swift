/// What the client wants to hear before the answer; a tool may spare the work of telling anything else.
public struct Wants: Hashable, Sendable {
    /// Whether it asked for progress.
    public let progress: Bool
    /// The least serious messages it asked for; nil when it asked for none.
    public let messages: MessageLevel?

    /// Creates wants; without arguments, of a client that asked for nothing.
    public init(progress: Bool = false, messages: MessageLevel? = nil) {
        self.progress = progress
        self.messages = messages
    }
}

public import JSON

/// What a tool tells the client, or all clients, while it works.
extension CallContext {
    /// Tells the client how far the call has come, if it asked to know.
    ///
    /// `done` should grow; `total` is for when it is known; `note` is a few words for people. Never waits. The gateway
    /// passes on what has grown, as often as the site allows.
    public func progress(_ done: Double, total: Double? = nil, note: String = "") {
        guard wants.progress else { return }
        host.progress(done: done, total: total, note: note)
    }

    /// Sends the client a message, if it asked for messages of this level.
    ///
    /// No secrets, nothing about the inside of the site, and no text from elsewhere that was not made plain.
    public func tell(_ level: MessageLevel, _ message: String, logger: String? = nil) {
        tell(level, data: .string(message), logger: logger)
    }

    /// Sends the client data as a message, if it asked for messages of this level.
    public func tell(_ level: MessageLevel, data: JSONValue, logger: String? = nil) {
        guard let least = wants.messages, level >= least else { return }
        host.tell(level, data: data, logger: logger)
    }

    /// Says that what the plugin offers, or what one of its resources holds, is another now.
    ///
    /// The gateway asks for the lists again and tells the clients that listen. Never waits.
    public func announce(_ change: PluginChange) {
        host.announce(change)
    }
}

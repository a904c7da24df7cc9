/// `workers`: how plugins in processes of their own are kept.
package struct WorkersSettings: Hashable, Sendable {
    /// Walls without which no plugin is loaded, beside those that are always required.
    package var requiredWalls: [String] = []
    /// Whether a second process waits to take the place of one that crashes.
    package var keepsSpare = true
    /// How long a worker may leave the gateway's question unanswered whether it is there.
    package var silence = Duration.seconds(5)
    /// So many crashes within the window, and the plugin rests.
    package var crashes = 5
    package var crashWindow = Duration.seconds(60)
    /// How long a plugin rests then.
    package var rest = Duration.seconds(60)
    /// How long calls of a worker that is replaced may go on.
    package var drain = Duration.seconds(30)
    /// Lines of the log that one worker may write in a second.
    package var logLines = 100
}

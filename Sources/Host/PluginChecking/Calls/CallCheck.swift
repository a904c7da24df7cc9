/// A check that runs the plugin, in a process of its own.
struct CallCheck: Sendable {
    let name: String
    let subject: String
    /// What an author does when the process dies in this check.
    let onCrash: String
    let run: @Sendable (CheckStand) async throws(CheckStand.NotServing) -> [Finding]

    /// All of them, in the order of the report; they need a plugin that loads.
    static let all: [CallCheck] = [
        .lifecycle, .instances, .unknown, .arguments, .invalidArguments, .completion, .order, .lentMemory, .laterHost,
        .busy, .promptness, .cancel, .concurrency, .stop, .destroy, .authorize, .sources, .leaks,
    ]
}

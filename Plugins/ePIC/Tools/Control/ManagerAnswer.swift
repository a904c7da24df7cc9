import JSON
import PanDAKit
import PluginKit

/// What an agent manager says of its testbed.
struct ManagerAnswer: Hashable, Sendable {
    /// A program under the manager's supervisor.
    struct Program: Encodable, Hashable, Sendable {
        let name: String
        /// Such as RUNNING or STOPPED.
        let state: String
        let pid: Int?

        var isRunning: Bool { state == "RUNNING" || state == "STARTING" }

        static let schema = Schema.object([
            .required("name", .string()), .required("state", .string()), .optional("pid", .integer()),
        ])
    }

    private static let mostPrograms = 100

    let areAgentsRunning: Bool
    let programs: [Program]
    /// Whether it killed what it was asked to; nil where it does not say.
    let killed: Bool?

    /// Reads an answer; nil for one of another manager, or in another form.
    init?(_ node: JSONNode?, of user: TestbedUser) {
        guard let node, node["username"]?.string == user.name else { return nil }
        programs = Self.programs(node["supervisord_status"]?.string ?? "")
        areAgentsRunning = node["agents_running"]?.bool ?? programs.contains(where: \.isRunning)
        killed = node["killed"]?.bool
    }

    /// The lines of a supervisor's table: name, state, then `pid 27770, uptime …` or something else.
    private static func programs(_ table: String) -> [Program] {
        table.split(separator: "\n").prefix(mostPrograms).compactMap { line in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count >= 2 else { return nil }
            let pid = words.count >= 4 && words[2] == "pid" ? Int(words[3].prefix { $0.isNumber }) : nil
            return Program(
                name: UntrustedText.cleaned(String(words[0]), limit: 100),
                state: UntrustedText.cleaned(String(words[1]), limit: 20),
                pid: pid
            )
        }
    }
}

package import PluginKit

/// Which runs a list is about.
package struct RunSelection: Sendable {
    private let window: Window
    private let user: UserPattern?
    private let state: RunStateFilter?

    /// Wants the runs submitted from the window's start until just before its end.
    package init(window: Window, user: String?, state: RunStateFilter?) {
        self.window = window
        self.user = user.map(UserPattern.init)
        self.state = state
    }

    /// The runs that match, newest first, and a remark about those of which that cannot be said.
    package func chosen(from runs: [RunListItem]) -> (runs: [RunListItem], hint: String?) {
        var chosen: [RunListItem] = []
        var undated = 0
        var anonymous = 0
        for run in runs where state?.matches(run) ?? true {
            guard let created = run.created else {
                undated += 1
                continue
            }
            guard window.start <= created, created < window.end else { continue }
            if let user {
                guard let name = run.user else {
                    anonymous += 1
                    continue
                }
                guard user.matches(name) else { continue }
            }
            chosen.append(run)
        }
        chosen.sort { $0.requestID > $1.requestID }
        return (chosen, Self.hint(undated: undated, anonymous: anonymous))
    }

    private static func hint(undated: Int, anonymous: Int) -> String? {
        var parts: [String] = []
        if undated > 0 { parts.append("\(undated) runs without a time of submission are left out.") }
        if anonymous > 0 {
            parts.append(
                "\(anonymous) runs are left out because iDDS does not tell who submitted them; try without user."
            )
        }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}

package import PluginKit

/// The monitor's pages for people, which answers point to.
package struct MonitorPages: Hashable, Sendable {
    /// The public address without a slash at its end; nil when answers shall have no links.
    private let base: String?

    /// Takes the monitor's public address from a plugin's configuration.
    /// - Throws: `ToolError` with `invalid_argument` for anything but an `http` or `https` address.
    package init(address: String?) throws(ToolError) {
        guard let address, !address.isEmpty else {
            base = nil
            return
        }
        let isPlain = address.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
        guard isPlain, address.hasPrefix("https://") || address.hasPrefix("http://"),
            !address.contains("?"), !address.contains("#"), !address.contains("@")
        else {
            throw ToolError(
                .invalidArgument,
                "monitor_url: must be an address such as https://monitor.example.org, without query and user."
            )
        }
        base = String(address.reversed().drop { $0 == "/" }.reversed())
    }

    /// The pages about a job.
    package func job(_ id: Int) -> [Link] {
        link("The job in the monitor", "/job?pandaid=\(id)")
    }

    /// The pages about a task and its jobs.
    package func task(_ id: Int) -> [Link] {
        link("The task in the monitor", "/task/\(id)/") + link("The task's jobs", "/jobs/?jeditaskid=\(id)")
    }

    private func link(_ title: String, _ path: String) -> [Link] {
        base.map { [Link(title: title, url: $0 + path)] } ?? []
    }
}

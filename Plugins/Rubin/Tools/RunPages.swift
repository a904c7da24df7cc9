import PanDAKit
package import PluginKit

/// The monitor's pages about a run.
package struct RunPages: Hashable, Sendable {
    private let pages: MonitorPages
    /// How many tasks one answer links to.
    private let maximumTasks: Int

    /// Takes the monitor's public address; without one answers have no links.
    ///
    /// At most `maximumTasks` tasks of a run are linked to.
    /// - Throws: `ToolError` with `invalid_argument` for anything but an `http` or `https` address.
    package init(address: String?, maximumTasks: Int = 5) throws(ToolError) {
        pages = try MonitorPages(address: address)
        self.maximumTasks = maximumTasks
    }

    /// The pages of the PanDA tasks that say most about a run: those with failures, else its first.
    package func links(to transforms: [TransformFacts]) -> [Link] {
        let failing = transforms.filter { $0.counts[.failed] > 0 }
        let tasks = (failing.isEmpty ? Array(transforms.prefix(1)) : failing).compactMap(\.task)
        return tasks.prefix(maximumTasks).compactMap { task in
            pages.task(task).first.map { Link(title: "PanDA task \(task) in the monitor", url: $0.url) }
        }
    }
}

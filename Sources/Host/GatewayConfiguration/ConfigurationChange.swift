/// What becomes of a running gateway when the file says something else.
package struct ConfigurationChange: Sendable {
    /// What can run from now on: the wanted configuration, with everything that only a start can change as it is.
    package let effective: Configuration
    /// The keys whose new values count from now on.
    package let reloaded: [String]
    /// The keys whose new values count with the next start.
    package let waiting: [String]

    /// Compares what runs with what the file says.
    package init(from running: Configuration, to wanted: Configuration) {
        let table = ConfigurationKeys.main
        let differences = table.differences(running, wanted)
        reloaded = differences.filter(\.isReloadable).map(\.path)
        waiting = differences.filter { !$0.isReloadable }.map(\.path)
        var effective = wanted
        table.hold(running, &effective)
        self.effective = effective
    }

    /// Whether a key below one of these at the top has a new value that counts.
    package func touches(_ sections: Set<String>) -> Bool {
        reloaded.contains { path in sections.contains(String(path.prefix { $0 != "." })) }
    }
}

/// What becomes of a running gateway when the file says something else.
package struct ConfigurationChange: Sendable {
    /// What can run from now on: the wanted configuration, with everything that only a start can change as it is.
    package let effective: Configuration
    /// The keys whose new values count from now on.
    package let reloaded: [String]
    /// The keys whose new values count with the next start.
    package let waiting: [String]

    /// Compares what runs with what the file says.
    ///
    /// `replaceable` are the namespaces whose plugins a running gateway can replace: their libraries count at once.
    /// Plugins that are put in do where the gateway loads them (`loads`).
    package init(
        from running: Configuration,
        to wanted: Configuration,
        replaceable: Set<String> = [],
        loads: Bool = false
    ) {
        let table = ConfigurationKeys.main
        let known = Set(running.plugins.map(\.namespace))
        let putIn = loads ? wanted.plugins.filter { !known.contains($0.namespace) } : []
        let atOnce = Set(
            replaceable.flatMap { name in PluginKeys.replaceable.map { "plugins.\(name).\($0)" } }
                + putIn.map { "plugins.\($0.namespace)" }
        )
        let differences = table.differences(running, wanted).map { difference in
            SettingDifference(
                path: difference.path,
                isReloadable: difference.isReloadable || atOnce.contains(difference.path)
            )
        }
        reloaded = differences.filter(\.isReloadable).map(\.path)
        waiting = differences.filter { !$0.isReloadable }.map(\.path)
        var effective = wanted
        table.hold(running, &effective)
        for index in effective.plugins.indices where replaceable.contains(effective.plugins[index].namespace) {
            guard let plugin = wanted.plugins.first(where: { $0.namespace == effective.plugins[index].namespace })
            else { continue }
            effective.plugins[index].library = plugin.library
            effective.plugins[index].pin = plugin.pin
            effective.plugins[index].configuration = plugin.configuration
        }
        effective.plugins += putIn
        self.effective = effective
    }

    /// Whether a key below one of these at the top has a new value that counts.
    package func touches(_ sections: Set<String>) -> Bool {
        reloaded.contains { path in sections.contains(String(path.prefix { $0 != "." })) }
    }
}

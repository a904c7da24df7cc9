import JSON

/// What is wrong with the views.
enum ViewCheck {
    static func faults(of configuration: Configuration) -> [ConfigurationFault] {
        let namespaces = configuration.plugins.map(\.namespace)
        var first: [String: ConfigurationPlace] = [:]
        return configuration.views.flatMap { view -> [ConfigurationFault] in
            // Without a path, reading has said so.
            guard !view.path.isEmpty else { return [] }
            var faults: [ConfigurationFault] = []
            if let problem = ViewPath.problem(view.path) {
                faults.append(ConfigurationFault(view.place.appending("path"), problem))
            }
            if let place = first[view.path] {
                let message = "the view \(view.path) is there already (\(place)); remove one"
                faults.append(ConfigurationFault(view.place.appending("path"), message))
            } else {
                first[view.path] = view.place
            }
            return faults + self.faults(of: view, namespaces)
        }
    }

    private static func faults(of view: ViewSettings, _ enabled: [String]) -> [ConfigurationFault] {
        var faults: [ConfigurationFault] = []
        for namespace in view.namespaces where !enabled.contains(namespace) {
            let nearest = NearestName.nearest(to: namespace, among: enabled).map { "; did you mean `\($0)`?" } ?? ""
            faults.append(
                ConfigurationFault(
                    view.place.appending("namespaces"),
                    "`\(namespace)` is not the namespace of an enabled plugin\(nearest)"
                )
            )
        }
        if Set(view.namespaces).count != view.namespaces.count {
            faults.append(ConfigurationFault(view.place.appending("namespaces"), "names a namespace twice"))
        }
        if !view.isPrefixed, view.namespaces.count != 1 {
            faults.append(
                ConfigurationFault(
                    view.place.appending("prefix"),
                    "`prefix: false` needs exactly one namespace, so that no two names can be the same"
                )
            )
        }
        return faults
    }
}

/// Compares settings that the site gave names: what came, what went, what changed.
struct NamedComparison<Element: Placed> {
    let identifier: WritableKeyPath<Element, String>
    /// The keys of one; nil when one of them changes as a whole and at once.
    let table: KeyTable<Element>?

    func differences(_ running: [Element], _ wanted: [Element]) -> [SettingDifference] {
        var differences: [SettingDifference] = []
        for element in wanted {
            let name = element[keyPath: identifier]
            if let old = self.element(name, in: running) {
                differences += changes(old, element).map { $0.inside(name) }
            } else {
                // What has to be loaded is loaded at the start.
                differences.append(SettingDifference(path: name, isReloadable: table == nil))
            }
        }
        for element in running where self.element(element[keyPath: identifier], in: wanted) == nil {
            differences.append(SettingDifference(path: element[keyPath: identifier], isReloadable: true))
        }
        return differences
    }

    func hold(_ running: [Element], _ wanted: inout [Element]) {
        guard let table else { return }
        wanted = wanted.compactMap { element in
            guard let old = self.element(element[keyPath: identifier], in: running) else { return nil }
            var held = element
            table.hold(old, &held)
            return held
        }
    }

    private func changes(_ running: Element, _ wanted: Element) -> [SettingDifference] {
        if let table { return table.differences(running, wanted) }
        return running.saysTheSame(as: wanted) ? [] : [SettingDifference(path: "", isReloadable: true)]
    }

    private func element(_ name: String, in elements: [Element]) -> Element? {
        elements.first { $0[keyPath: identifier] == name }
    }
}

import PanDAKit
import PluginKit

extension Rows {
    /// The number `n` of each value of a column, the greatest first and then by name.
    ///
    /// Databases order what is equal each in its own way, and texts by their own rules, so it is done here.
    func counts(of column: String) -> [(name: String, count: Int)] {
        Dictionary(map { ($0.cleaned(column) ?? "", $0.integer("n") ?? 0) }, uniquingKeysWith: +)
            .map { (name: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}

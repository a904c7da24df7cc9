import PanDAKit
import PluginKit

extension Row {
    /// A text column, cleaned; nil for null and for nothing.
    func cleaned(_ column: String, limit: Int = 256) -> String? {
        guard let text = text(column) else { return nil }
        let cleaned = UntrustedText.cleaned(text, limit: limit)
        return cleaned.isEmpty ? nil : cleaned
    }

    /// A time of PanDA; nil also for the beginning of 1970, which stands there for "not yet".
    func pandaTime(_ column: String) -> Timestamp? {
        time(column).flatMap { $0.seconds < 86_400 ? nil : $0 }
    }

    /// A whole number above zero; PanDA writes zero where nothing was counted.
    func positive(_ column: String) -> Int? {
        integer(column).flatMap { $0 > 0 ? $0 : nil }
    }
}

import PluginKit

extension Timestamp {
    /// The form `2026-11-21 05:10:00.000000+00:00` for columns with a zone.
    ///
    /// PostgreSQL reads it whatever the session's zone; SQLite holds such times as text of this very form.
    var zonedText: String {
        let fraction = microseconds - Int64(seconds) * 1_000_000
        let digits = String(fraction)
        return "\(sqlText).\(String(repeating: "0", count: 6 - digits.count))\(digits)+00:00"
    }
}

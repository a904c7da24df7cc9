package import JSON
import PanDAKit
package import PluginKit

/// A record of iDDS, read with care: nothing in it is taken on trust.
package struct IDDSRecord: Sendable {
    /// The largest number of jobs believed, so that sums cannot overflow.
    private static let largestCount = 1_000_000_000

    private let node: JSONNode

    package init(_ node: JSONNode) {
        self.node = node
    }

    /// A number of jobs, from 0 to 10⁹; 0 when there is none.
    package func count(_ name: String) -> Int {
        min(max(integer(name) ?? 0, 0), Self.largestCount)
    }

    /// A positive id.
    package func id(_ name: String) -> Int? {
        integer(name).flatMap { $0 > 0 ? $0 : nil }
    }

    /// An integer, also when it is written as text.
    package func integer(_ name: String) -> Int? {
        node[name]?.integer ?? node[name]?.string.flatMap(Int.init)
    }

    /// A line of text without hidden characters and credentials; nil when nothing is left.
    package func line(_ name: String, limit: Int = 256) -> String? {
        guard let text = node[name]?.string else { return nil }
        let line = Self.line(text, limit: limit)
        return line.isEmpty ? nil : line
    }

    package func status(_ name: String, _ kind: IDDSStatus.Kind) -> IDDSStatus {
        IDDSStatus(node[name], kind)
    }

    /// A time in ISO 8601 or as `Sat, 21 Nov 2026 05:00:00 UTC`; nil for anything else.
    package func time(_ name: String) -> Timestamp? {
        guard let text = node[name]?.string, text.utf8.count <= 64 else { return nil }
        return Timestamp(text) ?? Self.mailTime(text)
    }

    /// The members of an object of counts, in its order: status of transforms → how many.
    package func transformCounts(_ name: String, limit: Int) -> [(String, Int)] {
        guard let members = node[name]?.members else { return [] }
        var counts: [(String, Int)] = []
        for member in members {
            let status = IDDSStatus(member.name, .transform).name
            let count = min(max(member.value.integer ?? 0, 0), Self.largestCount)
            if let index = counts.firstIndex(where: { $0.0 == status }) {
                counts[index].1 += count
            } else if counts.count < limit {
                counts.append((status, count))
            }
        }
        return counts
    }

    /// The text as one line without hidden characters and credentials.
    package static func line(_ text: String, limit: Int) -> String {
        let words = UntrustedText.cleaned(text, limit: limit).split { $0.isWhitespace || $0.isNewline }
        return words.joined(separator: " ")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The form of RFC 5322, in which the REST interface of iDDS writes times; always UTC.
    private static func mailTime(_ text: String) -> Timestamp? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), ["UTC", "GMT", "+0000"].contains(parts[5]),
            let day = Int(parts[1]), (1...31).contains(day),
            let month = months.firstIndex(where: { $0 == parts[2] })
        else { return nil }
        let padded = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return Timestamp("\(parts[3])-\(padded(month + 1))-\(padded(day))T\(parts[4])Z")
    }
}

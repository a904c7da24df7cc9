import PluginKit

/// Picks the lines of a log that say what went wrong.
struct LogExcerpt: Hashable, Sendable {
    /// The lines, cleaned, in their order.
    let lines: [String]

    private static let mostLines = 40
    private static let mostPayloadLines = 300
    private static let mostCharacters = 6000
    private static let longestLine = 500

    /// What the pilot writes where it finds out that something is wrong, by its error code.
    private static let anchors: [Int: [String]] = [
        1099: ["Failed to stage-in file"], 1104: ["work directory (", "is too large"],
        1150: ["pilot has decided to kill looping job"], 1151: ["File transfer timed out"],
        1201: ["caught signal: SIGTERM"], 1235: ["job has exceeded the memory limit"],
        1324: ["Service not available at the moment"],
    ]

    /// Of a pilot's log the lines up to the one that names the error: by its code, or by the beginning of its text; the
    /// last ones when none does.
    init(ofPilotLog text: String, code: Int?, diagnosis: String?) {
        let lines = Self.cleanLines(text)
        let anchor = code.flatMap { Self.anchors[$0] } ?? Self.beginning(of: diagnosis).map { [$0] } ?? []
        let found = anchor.isEmpty ? nil : lines.firstIndex { line in anchor.allSatisfy { line.contains($0) } }
        self.init(lines[..<(found.map { $0 + 1 } ?? lines.count)].suffix(Self.mostLines))
    }

    /// Of what a payload wrote the last lines.
    init(ofPayload text: String) {
        self.init(Self.cleanLines(text).suffix(Self.mostPayloadLines))
    }

    /// The last lines there is room for.
    private init(_ lines: ArraySlice<Substring>) {
        var kept: [String] = []
        var room = Self.mostCharacters
        for line in lines.reversed() {
            let line = CleanText.plain(String(line), limit: Self.longestLine)
            guard line.count <= room else { break }
            room -= line.count
            kept.append(line)
        }
        self.lines = kept.reversed()
    }

    /// The lines of the cleaned text: a key or a sequence for a terminal goes over more than one of them.
    private static func cleanLines(_ text: String) -> [Substring] {
        var lines = UntrustedText.cleaned(text, limit: .max).split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func beginning(of diagnosis: String?) -> String? {
        let beginning = String(UntrustedText.cleaned(diagnosis ?? "").prefix(40))
        return beginning.count < 8 ? nil : beginning
    }
}

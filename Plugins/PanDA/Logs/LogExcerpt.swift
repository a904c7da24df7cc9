import PluginKit

/// Picks the lines of a log that say what went wrong.
struct LogExcerpt: Hashable, Sendable {
    /// The lines, cleaned, in their order.
    let lines: [String]
    /// The number of the last of them in the file, from 1.
    let lastLine: Int
    /// The numbers of the first and the last line that name the error; nil when none does.
    let matches: ClosedRange<Int>?

    private static let mostLines = 40
    private static let mostPayloadLines = 300
    private static let mostCharacters = 6000
    private static let longestLine = 500

    /// What the pilot writes where it finds out that something is wrong.
    private struct Anchor {
        /// All must be in the line.
        let words: [String]
        /// How many lines after it belong to it.
        var trailing = 0
        /// Whether the last of several such lines says more: an earlier one may be of an attempt that was repeated.
        var prefersLast = true
    }

    /// By the pilot's error code.
    private static let anchors: [Int: Anchor] = [
        1099: Anchor(words: ["Failed to stage-in file"]), 1104: Anchor(words: ["work directory (", "is too large"]),
        1150: Anchor(words: ["pilot has decided to kill looping job"]),
        1151: Anchor(words: ["File transfer timed out"]), 1201: Anchor(words: ["caught signal: SIGTERM"]),
        1235: Anchor(words: ["job has exceeded the memory limit"]),
        1324: Anchor(words: ["Service not available at the moment"]),
        1354: Anchor(words: ["getpwuid"], trailing: 30),
    ]

    /// Of a pilot's log the lines up to the one that names the error: by its code, or by the beginning of its text; the
    /// last ones when none does.
    init(ofPilotLog lines: [String], code: Int?, diagnosis: String?) {
        // What the error's text begins with is repeated where the pilot sums up: there the first line says more.
        let anchor =
            code.flatMap { Self.anchors[$0] }
            ?? Self.beginning(of: diagnosis).map { Anchor(words: [$0], prefersLast: false) }
        let found = anchor.map { anchor in
            lines.indices.filter { index in anchor.words.allSatisfy { lines[index].contains($0) } }
        }
        guard let anchor, let first = found?.first, let last = found?.last else {
            self.init(lines, end: lines.count, most: Self.mostLines, matches: nil)
            return
        }
        let end = min(lines.count, (anchor.prefersLast ? last : first) + 1 + anchor.trailing)
        self.init(lines, end: end, most: Self.mostLines + anchor.trailing, matches: first + 1...last + 1)
    }

    /// Of what a payload wrote the last lines.
    init(ofPayload lines: [String]) {
        self.init(lines, end: lines.count, most: Self.mostPayloadLines, matches: nil)
    }

    /// The lines up to one, of which those named say what is wrong.
    init(of lines: [String], upTo end: Int, matches: ClosedRange<Int>) {
        self.init(lines, end: end, most: Self.mostLines, matches: matches)
    }

    /// The lines up to one that there is room for.
    private init(_ all: [String], end: Int, most: Int, matches: ClosedRange<Int>?) {
        var kept: [String] = []
        var room = Self.mostCharacters
        for line in all[..<end].suffix(most).reversed() {
            let line = CleanText.plain(line, limit: Self.longestLine)
            guard line.count <= room else { break }
            room -= line.count
            kept.append(line)
        }
        lines = kept.reversed()
        lastLine = end
        self.matches = matches
    }

    private static func beginning(of diagnosis: String?) -> String? {
        let beginning = String(UntrustedText.cleaned(diagnosis ?? "").prefix(40))
        return beginning.count < 8 ? nil : beginning
    }
}

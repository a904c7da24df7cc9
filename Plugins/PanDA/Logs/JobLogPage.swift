import JSON
package import PluginKit

/// The files of a job's log, and a part of one.
package struct JobLogPage: Encodable, Sendable {
    package struct File: Encodable, Hashable, Sendable {
        package let name: String
        package let sizeBytes: Int?

        private enum CodingKeys: String, CodingKey {
            case name
            case sizeBytes = "size_bytes"
        }
    }

    package struct Line: Encodable, Hashable, Sendable {
        /// From 1; nil where it is not known how many lines come before.
        package let number: Int?
        package let text: String

        private enum CodingKeys: String, CodingKey {
            case number = "line"
            case text
        }
    }

    package let pandaid: Int
    package let files: [File]
    package private(set) var file: String?
    package private(set) var lines: [Line]?
    /// How many lines the file has, or were read of it.
    package private(set) var lineCount: Int?
    /// How many lines hold the text looked for.
    package private(set) var matchCount: Int?
    package private(set) var isComplete: Bool?
    package private(set) var truncated: Bool?
    package private(set) var nextFromLine: Int?
    package private(set) var hint: String?
    package let asOf: Timestamp
    package let monitorURLs: [Link]

    private static let longestLine = 2000
    /// What a line takes beside its text.
    private static let lineBytes = 24
    /// What the rest of the answer may take.
    private static let otherBytes = 2048

    init(pandaid: Int, files: [JobLogFile], asOf: Timestamp, _ monitorURLs: [Link]) {
        self.pandaid = pandaid
        self.files = files.map { File(name: $0.name, sizeBytes: $0.sizeBytes) }
        self.asOf = asOf
        self.monitorURLs = monitorURLs
    }

    /// Puts the lines wanted in, as many as there is room for.
    mutating func show(_ text: JobLogText, _ wanted: LogSelection, budgetBytes: Int) {
        let all = UntrustedText.lines(of: text.text)
        file = wanted.file
        lineCount = all.count
        isComplete = text.hasBeginning && text.hasEnd
        var chosen: [Int]
        switch wanted.lines {
        case .from(let first, let count):
            chosen = Array(all.indices.dropFirst(first - 1).prefix(count))
        case .last(let count):
            chosen = Array(all.indices.suffix(count))
        case .holding(let text, let first, let count):
            let needle = text.lowercased()
            let matches = all.indices.dropFirst(first - 1).filter { all[$0].lowercased().contains(needle) }
            matchCount = matches.count
            chosen = Array(matches.prefix(count))
        }
        let wantedCount = chosen.count
        chosen = fitting(chosen, of: all, wanted, room: budgetBytes - Self.otherBytes - files.count * 64)
        lines = chosen.map { index in
            Line(number: text.hasBeginning ? index + 1 : nil, text: Self.shown(all[index]))
        }
        truncated = chosen.count < wantedCount
        if wanted.part == .beginning {
            let isLast = (matchCount ?? (all.count - (chosen.first ?? all.count))) <= chosen.count
            nextFromLine = isLast ? nil : chosen.last.map { $0 + 2 }
        }
        hint = advice(text, wanted)
    }

    /// As many of the lines as there is room for: the first of them, or of an end the last.
    private func fitting(_ chosen: [Int], of all: [String], _ wanted: LogSelection, room: Int) -> [Int] {
        var room = room
        func fits(_ index: Int) -> Bool {
            room -= JSONValue.string(Self.shown(all[index])).serialized.count + Self.lineBytes
            return room >= 0
        }
        if wanted.part == .end { return chosen.reversed().prefix(while: fits).reversed() }
        return Array(chosen.prefix(while: fits))
    }

    private static func shown(_ line: String) -> String { CleanText.plain(line, limit: longestLine) }

    private func advice(_ text: JobLogText, _ wanted: LogSelection) -> String? {
        if !text.hasEnd {
            return wanted.part == .end
                ? "The file is too large: these are the last lines of its beginning, not of the file."
                : "The file is too large to be read whole: what stands behind line \(lineCount ?? 0) is only in its tail."
        }
        if lines?.isEmpty == true {
            return matchCount == 0 ? "No line holds that text." : "The file has \(lineCount ?? 0) lines."
        }
        return truncated == true ? "More lines are wanted than one answer holds; ask for fewer, or go on." : nil
    }

    private enum CodingKeys: String, CodingKey {
        case pandaid, files, file, lines
        case lineCount = "line_count"
        case matchCount = "match_count"
        case isComplete = "is_complete"
        case truncated
        case nextFromLine = "next_from_line"
        case hint
        case asOf = "as_of"
        case monitorURLs = "monitor_urls"
    }

    static let schema = Schema.object([
        .required("pandaid", .integer("The PanDA job id.")),
        .required(
            "files",
            .array(
                of: .object([
                    .required("name", .untrustedText("The file's name.")), .optional("size_bytes", .integer()),
                ]),
                "The files of the job's log."
            )
        ),
        .optional("file", .untrustedText("The file shown.")),
        .optional(
            "lines",
            .array(
                of: .object([
                    .optional("line", .integer("Its number in the file.", minimum: 1)),
                    .required("text", .untrustedText("What it says.")),
                ])
            )
        ),
        .optional("line_count", .integer("How many lines were read of the file.", minimum: 0)),
        .optional("match_count", .integer("How many of them, from from_line on, hold the text.", minimum: 0)),
        .optional("is_complete", .boolean("Whether the whole file was read.")),
        .optional("truncated", .boolean("Whether lines were left out for the size of the answer.")),
        .optional("next_from_line", .integer("Where to go on.", minimum: 1)),
        .optional("hint", .string()),
        .required("as_of", .time("When the source was asked.")),
        .required("monitor_urls", .array(of: .link)),
    ])
}

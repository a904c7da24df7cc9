package import PluginKit

/// Lists the files of a job's log, or shows a part of one.
package struct JobLogTool: Tool {
    package struct Input: Decodable, Sendable {
        let pandaid: Int
        let file: String?
        let from_line: Int?
        let lines: Int?
        let tail: Int?
        let grep: String?
    }

    private static let defaultLines = 200
    private static let mostLines = 2000

    package static let description = ToolDescription(
        name: "panda_job_log",
        title: "Read a job's log",
        summary: """
            The log files of a PanDA job, or with file a part of one: from a line on, the end (tail), or the lines that \
            hold some text (grep). What a failed job's log says: panda_study_job.
            """,
        input: .object([
            .required("pandaid", .integer("The PanDA job id.", minimum: 1)),
            .optional("file", .string("A name from the list, such as pilotlog.txt.", maximumLength: 256)),
            .optional("from_line", .integer("The first line wanted, or searched.", minimum: 1)),
            .optional("lines", .integer("How many at most.", minimum: 1, maximum: mostLines, default: defaultLines)),
            .optional("tail", .integer("How many lines of the end.", minimum: 1, maximum: mostLines)),
            .optional("grep", .string("Text in the lines wanted, upper or lower case alike.", maximumLength: 256)),
        ]),
        output: JobLogPage.schema,
        timeoutMilliseconds: 90_000
    )

    private let logs: any JobLogReading
    private let pages: MonitorPages

    package init(logs: any JobLogReading, pages: MonitorPages) {
        self.logs = logs
        self.pages = pages
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> JobLogPage {
        let wanted = try Self.wanted(input)
        guard let files = try await logs.files(of: input.pandaid, in: context) else {
            throw ToolError(
                .unavailable,
                "Nothing that keeps logs is connected to this gateway.",
                hint: "The gateway's operator can connect a PanDA monitor."
            )
        }
        guard !files.isEmpty else {
            throw ToolError(
                .notFound,
                "Job \(input.pandaid) has no log, or there is no such job.",
                hint: "A job whose heartbeat was lost leaves none; panda_study_job tells its errors."
            )
        }
        var page = JobLogPage(pandaid: input.pandaid, files: files, asOf: context.now, pages.job(input.pandaid))
        guard let wanted else { return page }
        guard let file = files.first(where: { $0.name == wanted.file }) else {
            throw ToolError(
                .notFound,
                "The log of job \(input.pandaid) has no file of that name.",
                hint: "Leave file out for the list of \(files.count)."
            )
        }
        context.progress(1, total: 2, note: "The job's log is unpacked.")
        guard let text = try await logs.text(of: file, wanted.part, in: context) else {
            throw ToolError(.notFound, "The file is not there any more.", hint: "Leave file out for the list.")
        }
        context.progress(2, total: 2, note: "The file is read.")
        page.show(text, wanted, budgetBytes: context.budgetBytes)
        return page
    }

    /// What of which file; nil for the list.
    private static func wanted(_ input: Input) throws(ToolError) -> LogSelection? {
        guard let file = input.file else {
            guard input.from_line == nil, input.lines == nil, input.tail == nil, input.grep == nil else {
                throw ToolError(.invalidArgument, "file: is needed with from_line, lines, tail and grep.")
            }
            return nil
        }
        let count = input.lines ?? defaultLines
        guard let tail = input.tail else {
            guard let text = input.grep else {
                return LogSelection(file: file, lines: .from(input.from_line ?? 1, count: count))
            }
            guard !text.isEmpty else { throw ToolError(.invalidArgument, "grep: must not be empty.") }
            return LogSelection(file: file, lines: .holding(text, from: input.from_line ?? 1, count: count))
        }
        guard input.from_line == nil, input.lines == nil, input.grep == nil else {
            throw ToolError(.invalidArgument, "tail: cannot be given together with from_line, lines or grep.")
        }
        return LogSelection(file: file, lines: .last(tail))
    }
}

/// Which lines of which file are wanted.
struct LogSelection: Hashable, Sendable {
    enum Lines: Hashable, Sendable {
        case from(Int, count: Int)
        case last(Int)
        case holding(String, from: Int, count: Int)
    }

    let file: String
    let lines: Lines

    var part: JobLogPart {
        if case .last = lines { .end } else { .beginning }
    }
}

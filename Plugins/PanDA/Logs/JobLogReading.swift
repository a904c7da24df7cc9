package import PluginKit

/// Fetches the files of jobs' logs; each experiment has its own source.
package protocol JobLogReading: Sendable {
    /// The files of a job's log, none where the job left none; nil when there is nothing to fetch them from.
    func files(of pandaid: Int, in context: CallContext) async throws(ToolError) -> [JobLogFile]?

    /// The beginning of a file, or its end; nil when it is gone.
    func text(
        of file: JobLogFile,
        _ part: JobLogPart,
        in context: CallContext
    ) async throws(ToolError) -> JobLogText?
}

/// A file of a job's log.
package struct JobLogFile: Hashable, Sendable {
    package let name: String
    package let sizeBytes: Int?
    /// Where its source has it.
    package let path: String

    package init(name: String, sizeBytes: Int?, path: String) {
        self.name = name
        self.sizeBytes = sizeBytes
        self.path = path
    }
}

/// Which end of a file is wanted when it is larger than what is read at once.
package enum JobLogPart: Hashable, Sendable {
    case beginning, end
}

/// What was read of a file.
package struct JobLogText: Hashable, Sendable {
    package let text: String
    /// Whether the text begins with the file's first byte: then lines can be numbered.
    package let hasBeginning: Bool
    /// Whether it ends with the file's last.
    package let hasEnd: Bool

    package init(_ text: String, hasBeginning: Bool = true, hasEnd: Bool = true) {
        self.text = text
        self.hasBeginning = hasBeginning
        self.hasEnd = hasEnd
    }
}

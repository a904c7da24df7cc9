import PluginKit

/// What a job's log and errors say about its failure.
package struct JobLogAnalysis: Encodable, Hashable, Sendable {
    /// The failed payload: what it wrote says more than the pilot's log.
    private static let payloadFailed = 1305
    /// The states in which something may have gone wrong.
    private static let states: Set = ["failed", "holding", "cancelled", "closed"]

    let failureType: FailureType
    /// The file looked at; nil when there was none.
    private(set) var file: String?
    /// Lines of it; untrusted text.
    private(set) var excerpt: [String]?
    /// The number of the last of these lines in the file.
    private(set) var lastLine: Int?
    /// The numbers of the first and the last line that name the error.
    private(set) var matches: ClosedRange<Int>?

    private enum CodingKeys: String, CodingKey {
        case failureType = "failure_type"
        case file, excerpt
        case lastLine = "last_line"
        case firstMatch = "first_match"
        case lastMatch = "last_match"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(failureType.rawValue, forKey: .failureType)
        try container.encodeIfPresent(file, forKey: .file)
        try container.encodeIfPresent(excerpt, forKey: .excerpt)
        try container.encodeIfPresent(lastLine, forKey: .lastLine)
        try container.encodeIfPresent(matches?.lowerBound, forKey: .firstMatch)
        try container.encodeIfPresent(matches?.upperBound, forKey: .lastMatch)
    }

    static let schema = Schema.object(
        [
            .required(
                "failure_type",
                .choice(FailureType.allCases.map(\.rawValue), "Guessed from errors and words of the log.")
            ),
            .optional("file", .string("The file of the log looked at; absent when none could be had.")),
            .optional("excerpt", .array(of: .untrustedText("A line."), "Lines of it, up to the error.")),
            .optional("last_line", .integer("The number of the excerpt's last line in the file.", minimum: 0)),
            .optional("first_match", .integer("The first line that names the error.", minimum: 1)),
            .optional("last_match", .integer("The last one.", minimum: 1)),
        ],
        "What the log says about a failure."
    )

    /// Looks at the log of a job that may have failed; nil for any other.
    ///
    /// A log that cannot be had is named in `missingParts`, for the job is known without it.
    static func of(
        _ facts: inout JobFacts,
        from logs: any JobLogReading,
        in context: CallContext
    ) async throws(ToolError) -> JobLogAnalysis? {
        guard states.contains(facts.status) else { return nil }
        do throws(ToolError) {
            if let found = try await evidence(facts, from: logs, in: context) {
                var analysis = JobLogAnalysis(
                    failureType: found.type ?? FailureType(errors: facts.errors, log: found.excerpt.lines)
                )
                analysis.file = found.file
                analysis.excerpt = found.excerpt.lines
                analysis.matches = found.isNumbered ? found.excerpt.matches : nil
                analysis.lastLine = found.isNumbered ? found.excerpt.lastLine : nil
                return analysis
            }
        } catch {
            guard error.code != .cancelled else { throw error }
            context.log(.warning, "panda_study_job: log: \(error.code)")
            facts.missingParts.append("log: could not be read (\(error.code))")
        }
        return JobLogAnalysis(failureType: FailureType(errors: facts.errors, log: []))
    }

    /// Lines that say something, and where they stand.
    private struct Evidence {
        let file: String
        let excerpt: LogExcerpt
        /// Whether the lines were counted from the file's beginning.
        let isNumbered: Bool
        var type: FailureType?
    }

    /// Which file to look at is a matter of the pilot's code: where the payload failed, what set it up may say why.
    private static func evidence(
        _ facts: JobFacts,
        from logs: any JobLogReading,
        in context: CallContext
    ) async throws(ToolError) -> Evidence? {
        guard let files = try await logs.files(of: facts.pandaid, in: context) else { return nil }
        context.progress(1, total: 3, note: "The job's log is unpacked.")
        func text(_ name: String, _ part: JobLogPart) async throws(ToolError) -> JobLogText? {
            guard let file = files.first(where: { $0.name == name && $0.sizeBytes != 0 }) else { return nil }
            return try await logs.text(of: file, part, in: context)
        }
        let pilot = facts.errors.first { $0.component == ErrorComponent.pilot.rawValue }
        guard pilot?.code == payloadFailed else {
            guard let log = try await text("pilotlog.txt", .end) else { return nil }
            context.progress(2, total: 3, note: "The pilot's log is read.")
            let lines = UntrustedText.lines(of: log.text)
            return Evidence(
                file: "pilotlog.txt",
                excerpt: LogExcerpt(ofPilotLog: lines, code: pilot?.code, diagnosis: pilot?.diagnosis),
                isNumbered: log.hasBeginning
            )
        }
        if let setup = try await text("setup.stdout", .end), case let lines = UntrustedText.lines(of: setup.text),
            let excerpt = SetupFailure.excerpt(of: lines)
        {
            return Evidence(
                file: "setup.stdout",
                excerpt: excerpt,
                isNumbered: setup.hasBeginning,
                type: .setupReleaseNotFound
            )
        }
        guard let payload = try await text("payload.stdout", .end) else { return nil }
        context.progress(2, total: 3, note: "The payload's output is read.")
        return Evidence(
            file: "payload.stdout",
            excerpt: LogExcerpt(ofPayload: UntrustedText.lines(of: payload.text)),
            isNumbered: payload.hasBeginning
        )
    }
}

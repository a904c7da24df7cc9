import PluginKit

/// What a job's log and errors say about its failure.
package struct JobLogAnalysis: Encodable, Hashable, Sendable {
    /// The failed payload: what it wrote says more than the pilot's log.
    private static let payloadFailed = 1305
    /// The states in which something may have gone wrong.
    private static let states: Set = ["failed", "holding", "cancelled", "closed"]

    let failureType: FailureType
    /// The file looked at; nil when there was none.
    let file: String?
    /// Lines of it; untrusted text.
    let excerpt: [String]?

    private enum CodingKeys: String, CodingKey {
        case failureType = "failure_type"
        case file, excerpt
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(failureType.rawValue, forKey: .failureType)
        try container.encodeIfPresent(file, forKey: .file)
        try container.encodeIfPresent(excerpt, forKey: .excerpt)
    }

    static let schema = Schema.object(
        [
            .required(
                "failure_type",
                .choice(FailureType.allCases.map(\.rawValue), "Guessed from words in errors and log.")
            ),
            .optional("file", .string("The file of the log looked at; absent when none could be had.")),
            .optional("excerpt", .array(of: .untrustedText("A line."), "Lines of it, up to the error.")),
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
        let pilot = facts.errors.first { $0.component == ErrorComponent.pilot.rawValue }
        let isPayload = pilot?.code == payloadFailed
        let file = isPayload ? "payload.stdout" : "pilotlog.txt"
        var excerpt: LogExcerpt?
        do {
            if let text = try await logs.text(ofFile: file, of: facts.pandaid, in: context) {
                excerpt =
                    isPayload
                    ? LogExcerpt(ofPayload: text)
                    : LogExcerpt(ofPilotLog: text, code: pilot?.code, diagnosis: pilot?.diagnosis)
            }
        } catch {
            guard error.code != .cancelled else { throw error }
            context.log(.warning, "panda_study_job: log: \(error.code)")
            facts.missingParts.append("log: could not be read (\(error.code))")
        }
        return JobLogAnalysis(
            failureType: FailureType(errors: facts.errors, log: excerpt?.lines ?? []),
            file: excerpt == nil ? nil : file,
            excerpt: excerpt?.lines
        )
    }
}

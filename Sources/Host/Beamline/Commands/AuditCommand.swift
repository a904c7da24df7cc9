import ArgumentParser
import AuditTrail
import GatewayConfiguration
import FoundationEssentials
import JSON

/// `beamline audit …`: reads the trail of calls.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Read the audit trail.",
        subcommands: [AuditVerifyCommand.self, AuditSearchCommand.self]
    )
}

/// `beamline audit verify`: whether anything was changed, taken out or put in.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that each line of the trail follows from the one before it; exit 1 when not."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let folder = AuditFolder(try options.read().audit.directory)
        let summary = try AuditCommand.reading { () throws(AuditFailure) in try AuditReading(folder).verify() }
        if output.isJSON {
            Output.json([
                "files": .integer(summary.files), "lines": .integer(Int(clamping: summary.lines)),
                "first": summary.first.map { .integer(Int(clamping: $0)) } ?? .null,
                "last": summary.last.map { .integer(Int(clamping: $0)) } ?? .null,
                "digest": .string(summary.digest), "lost": .integer(summary.lost),
                "findings": .array(
                    summary.findings.map {
                        ["file": .string($0.file), "line": .integer($0.line), "fault": .string("\($0.fault)")]
                    }
                ),
            ])
        } else {
            for finding in summary.findings { Output.line("\(finding.file):\(finding.line): \(finding.fault)") }
            let range = summary.last.map { "\(summary.first ?? 1) to \($0)" } ?? "none"
            Output.line(
                "\(summary.lines) lines in \(summary.files) files (\(range)), \(summary.findings.count) faults; the last line's digest is \(summary.digest)"
            )
            if summary.lost > 0 { Output.line("\(summary.lost) calls were lost, as the trail itself says.") }
        }
        guard summary.findings.isEmpty else { throw CommandFailure(CommandFailure.Code.notInOrder, []) }
    }
}

/// `beamline audit search`: the lines about somebody or something.
struct AuditSearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Print the lines of the trail that match all that is given, as they are; exit 1 when there is none."
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The namespace of the tool, resource or prompt.")
    var namespace: String?

    @Option(help: "What happened, such as call, blocked, revoked or keys_rotated.")
    var event: String?

    @Option(help: "The subject of the caller.")
    var subject: String?

    @Option(help: "The local name of the tool, resource or prompt.")
    var item: String?

    @Option(help: "How the call ended, such as ok, forbidden or unknown_item.")
    var outcome: String?

    @Option(name: .customLong("request-id"), help: "The identifier that an answer and the log have.")
    var requestID: String?

    @Option(help: "From this time on (UTC), such as 2026-11-29 or 2026-11-29T14:00.")
    var since: String?

    @Option(help: "Up to and with this time (UTC).")
    var until: String?

    @Option(help: "At most so many lines.")
    var limit = 1000

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be at least 1.") }
        for (name, time) in [("--since", since), ("--until", until)] {
            guard let time else { continue }
            guard time.count >= 4, time.allSatisfy({ $0.isNumber || "-T:.Z".contains($0) }),
                time.first?.isNumber == true
            else { throw ValidationError("\(name) must be a time such as 2026-11-29 or 2026-11-29T14:00.") }
        }
    }

    func run() async throws {
        let folder = AuditFolder(try options.read().audit.directory)
        var filter = AuditFilter()
        filter.namespace = namespace
        filter.event = event
        filter.subject = subject
        filter.item = item
        filter.outcome = outcome
        filter.requestID = requestID
        filter.since = since
        filter.until = until
        var count = 0
        try AuditCommand.reading { () throws(AuditFailure) in
            try AuditReading(folder).search(filter) { line in
                Output.line(String(decoding: line, as: UTF8.self))
                count += 1
                return count < limit
            }
        }
        guard count > 0 else { throw CommandFailure(CommandFailure.Code.notInOrder, ["No line of the trail matches."]) }
    }
}

extension AuditCommand {
    static func reading<Result>(_ body: () throws(AuditFailure) -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw CommandFailure.unreachable("\(error)")
        }
    }
}

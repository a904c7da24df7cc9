/// Tells how a run stands in sentences made from its numbers; of other people's words only plain labels get in.
enum RunReportSummary {
    /// How many exit codes the sentence names.
    private static let namedCodes = 3

    static func sentences(
        _ run: RunFacts,
        jobs: StateCounts,
        labels: [LabelReport],
        exitCodes: [ExitCodeCount]
    ) -> String {
        let head = "Run \(run.id) is \(WmsState(run: run.status).rawValue) (iDDS: \(status(run)))"
        guard let percent = jobs.percentDone else { return head + "; it has no jobs yet." }
        let others: [(WmsState, String)] = [
            (.failed, "failed"), (.pruned, "pruned"), (.running, "running"), (.unready, "not ready"),
            (.held, "held"), (.deleted, "deleted"), (.unknown, "in an unknown state"),
        ]
        let parts = others.filter { jobs[$0.0] > 0 }.map { "\(jobs[$0.0]) \($0.1)" }
        let counts = (["\(jobs[.succeeded]) of \(jobs.total) jobs succeeded (\(percent) %)"] + parts)
        return head + ": " + counts.joined(separator: ", ") + "." + failures(jobs, labels, exitCodes)
    }

    /// A status that is not in the tables is somebody else's word.
    private static func status(_ run: RunFacts) -> String {
        IDDSStatus.requestNames.contains(run.status.name) ? run.status.name : "a status not known here"
    }

    private static func failures(
        _ jobs: StateCounts,
        _ labels: [LabelReport],
        _ exitCodes: [ExitCodeCount]
    ) -> String {
        guard jobs[.failed] > 0 else { return "" }
        var text = ""
        if let worst = labels.max(by: { $0.jobs[.failed] < $1.jobs[.failed] }), TransformLabel.isPlain(worst.label) {
            text += " Most failures are in \(worst.label) (\(worst.jobs[.failed]))."
        }
        let codes = exitCodes.prefix(namedCodes).map { item in
            (item.exitCode.map { "exit code \($0)" } ?? "no exit code") + ": \(item.count)"
        }
        return codes.isEmpty ? text : text + " Failed jobs by " + codes.joined(separator: ", ") + "."
    }
}

import JSON
package import PluginKit

/// Reads the exit codes of failed jobs from iDDS; a report goes without those it cannot have.
package struct IDDSExitCodes: Sendable {
    private let source: IDDSSource
    private let maximumTransforms: Int
    private let maximumFailures: Int

    /// By default at most 20 transforms are asked about, and no more after 2 have failed to tell.
    package init(source: IDDSSource, maximumTransforms: Int = 20, maximumFailures: Int = 2) {
        self.source = source
        self.maximumTransforms = maximumTransforms
        self.maximumFailures = maximumFailures
    }

    /// Adds the exit codes to the transforms with failures, those with the most failures first.
    /// - Throws: `ToolError` only when nobody waits for the answer any more.
    package func complete(_ run: inout RunFacts, in context: CallContext) async throws(ToolError) {
        let failing = run.transforms.indices.filter { run.transforms[$0].counts[.failed] > 0 }.sorted {
            (run.transforms[$1].counts[.failed], $0) < (run.transforms[$0].counts[.failed], $1)
        }
        var asked = 0
        var failures = 0
        for index in failing.prefix(maximumTransforms) where failures < maximumFailures {
            let transform = run.transforms[index]
            asked += 1
            do {
                run.transforms[index].exitCodes = try await codes(of: transform, run: run.id, in: context)
                let known = run.transforms[index].exitCodes.reduce(0) { $0 + $1.count }
                let failed = transform.counts[.failed]
                if known < failed {
                    run.missingParts.append(
                        "exit codes of \(transform.name): known for \(known) of \(failed) failed jobs"
                    )
                }
            } catch {
                guard error.code != .cancelled else { throw error }
                failures += 1
                context.log(.warning, "exit codes of \(transform.name): \(error.detail ?? error.message)")
                run.missingParts.append("exit codes of \(transform.name): \(error.message)")
            }
            context.progress(Double(asked), total: Double(min(failing.count, maximumTransforms)))
        }
        if asked < failing.count {
            run.missingParts.append(
                "exit codes of \(failing.count - asked) more transforms with failures: not asked for"
            )
        }
    }

    private func codes(
        of transform: TransformFacts,
        run: Int,
        in context: CallContext
    ) async throws(ToolError) -> [ExitCodeCount] {
        let workload = transform.task.map(String.init) ?? "null"
        let path = "/catalog/contents_output_ext/\(run)/\(workload)/\(transform.id)/true"
        guard let document = try await source.document(at: path, in: context) else {
            throw ToolError(.unavailable, "iDDS has no record of its jobs.")
        }
        var counts: [Int?: Int] = [:]
        switch document.kind {
        case .array: Self.count(document, in: &counts)
        case .object:
            for member in document.members {
                guard member.value.kind == .array else { throw IDDSSource.unreadable("jobs that are no list") }
                Self.count(member.value, in: &counts)
            }
        default: throw IDDSSource.unreadable("neither a list of jobs nor an object of lists")
        }
        return ExitCodeCount.summed(counts.map { ExitCodeCount(exitCode: $0.key, count: $0.value) })
    }

    private static func count(_ jobs: JSONNode, in counts: inout [Int?: Int]) {
        for job in jobs.elements.lazy.map({ IDDSRecord($0) }) {
            let code = job.integer("trans_exit_code").flatMap { $0 == 0 ? nil : $0 }
            switch job.status("status", .content).name {
            case "Failed", "FinalFailed": counts[code, default: 0] += 1
            // Without a status only the code tells that the job failed.
            case let name where name.hasPrefix("Unknown") && code != nil: counts[code, default: 0] += 1
            default: continue
            }
        }
    }
}

extension TransformFacts {
    /// What the transform is called in words for the caller.
    fileprivate var name: String {
        let id = task.map { "PanDA task \($0)" } ?? "transform \(id)"
        return TransformLabel.isPlain(label) ? "\(label) (\(id))" : id
    }
}

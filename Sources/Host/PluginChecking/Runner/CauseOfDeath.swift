/// Why a runner did not come to its end.
struct CauseOfDeath: Sendable {
    private let place: String
    private let fault: String
    /// How to mend it; nil where the check knows better.
    private var remedy: String?

    /// Nil when it came to its end.
    init?(_ run: RunnerProcess, budget: Duration) {
        guard !run.report.isComplete else { return nil }
        place = run.report.lastMark.isEmpty ? "the process" : run.report.lastMark
        let lastWords = run.lastWords.split(separator: "\n").suffix(3).joined(separator: " | ")
        let said = lastWords.isEmpty ? "" : " It wrote: \(lastWords)"
        switch run.end {
        case .signalled(let signal): fault = "The process dies here by \(Self.name(of: signal)).\(said)"
        case .exited(let status): fault = "The plugin ends the whole process here, with exit status \(status).\(said)"
        case .outOfTime: fault = "Nothing happens here any more; the process was ended after \(budget).\(said)"
        case .memory(let bytes):
            fault = "The process uses \(bytes >> 20) MiB of memory here and was ended.\(said)"
            remedy =
                "Keep less in memory, or say under \"execution\" in the manifest how much \"memory_mb\" a worker may use (512 when it says nothing)."
        case .notStarted(let reason): fault = reason
        }
    }

    func finding(remedy: String) -> Finding {
        Finding(place, fault, remedy: self.remedy ?? remedy)
    }

    private static func name(of signal: Int32) -> String {
        switch signal {
        case 4: "SIGILL, a trap"
        case 6: "SIGABRT, an abort"
        case 7: "SIGBUS, a bad address"
        case 8: "SIGFPE, a division by zero"
        case 9: "SIGKILL"
        case 11: "SIGSEGV, an address that may not be used"
        case 31: "SIGSYS, a system call by the numbers of another architecture"
        default: "signal \(signal)"
        }
    }
}

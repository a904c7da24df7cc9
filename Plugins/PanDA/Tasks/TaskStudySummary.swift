/// Says in a sentence or two how a task stands, from facts alone.
enum TaskStudySummary {
    static func sentence(_ facts: TaskFacts, progress: TaskProgress) -> String {
        var text = "Task \(facts.jeditaskid) is \(facts.status)"
        if let files = files(progress) {
            text += ": " + files
        } else if let meaning = TaskState.meaning(of: facts.status) {
            text += ": " + meaning
        }
        text += "."
        if facts.status == "exhausted" { text += " The system gave it up; a person must act." }
        if let error = facts.jobs?.byError.first { text += " " + cause(error) }
        return text
    }

    private static func files(_ progress: TaskProgress) -> String? {
        guard let total = progress.filesTotal, total > 0, let finished = progress.filesFinished else { return nil }
        var text = "\(finished) of \(total) files done"
        if let percent = progress.percentFinished { text += " (\(percent) %)" }
        if let failed = progress.filesFailed { text += ", \(failed) failed" }
        if let missing = progress.filesMissing, missing > 0 { text += ", \(missing) missing" }
        return text
    }

    private static func cause(_ error: TaskErrorCount) -> String {
        let name = error.acronym.map { " (\($0))" } ?? ""
        return "Most frequent error: \(error.component) \(error.code)\(name), "
            + (error.jobs == 1 ? "1 job." : "\(error.jobs) jobs.")
    }
}

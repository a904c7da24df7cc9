import PluginKit

/// Says what happened to a job in a sentence or two, from facts alone.
enum JobSummary {
    static func sentence(_ facts: JobFacts, times: JobTimes, primary: JobError?) -> String {
        var parts = ["Job \(facts.pandaid) \(verb(for: facts.status))" + (facts.site.map { " at \($0)" } ?? "") + "."]
        parts.append(duration(of: times, isFinal: JobState.isFinal(facts.status)))
        if let primary { parts.append(cause(primary)) }
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func verb(for status: String) -> String {
        switch status {
        case "finished", "failed": status
        case "cancelled", "closed": "was \(status)"
        default: "is \(status)"
        }
    }

    private static func duration(of times: JobTimes, isFinal: Bool) -> String {
        switch (times.waiting, times.running) {
        case (let waiting?, let running?):
            "It waited \(waiting) and " + (isFinal ? "ran \(running)." : "has been running for \(running).")
        case (let waiting?, nil):
            isFinal ? "It never started; it waited \(waiting)." : "It has been waiting for \(waiting)."
        case (nil, let running?):
            isFinal ? "It ran \(running)." : "It has been running for \(running)."
        case (nil, nil): ""
        }
    }

    private static func cause(_ error: JobError) -> String {
        let name = error.acronym.map { " (\($0))" } ?? ""
        let meaning = error.meaning.map { ": \($0)" } ?? ""
        return "Main error: \(error.component) \(error.code)\(name)\(meaning)."
    }
}

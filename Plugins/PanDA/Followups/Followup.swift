package import JSON
import PluginKit

/// A question that follows from what is known, and the call that answers it.
package struct Followup: Encodable, Sendable {
    package let question: String
    package let tool: String
    package let arguments: JSONValue

    init(_ question: String, _ tool: String, _ arguments: JSONValue) {
        self.question = question
        self.tool = tool
        self.arguments = arguments
    }

    static let schema = Schema.object([
        .required("question", .string("What one may want to know next.")),
        .required("tool", .string("The tool that answers it, by its name without the namespace.")),
        .required("arguments", .anyObject("What to call it with.")),
    ])
}

/// Templates of follow-up questions, filled in from facts alone; the most useful first.
enum Followups {
    /// After a job was studied.
    static func after(_ job: JobFacts) -> [Followup] {
        let id = JSONValue.integer(job.pandaid)
        var questions = [Followup("What do the logs of job \(job.pandaid) say?", "panda_job_log", ["pandaid": id])]
        let task = job.task?.jeditaskid
        if FailureQuery.states.contains(job.status) {
            if let task {
                questions.append(
                    Followup(
                        "Why did jobs of task \(task) fail?",
                        "panda_task_failures",
                        ["jeditaskid": .integer(task)]
                    )
                )
            }
            if let error = JobErrors.primary(of: job.errors) {
                questions.append(
                    Followup(
                        "What does \(error.component) error \(error.code) mean?",
                        "panda_explain_error",
                        ["code": .integer(error.code), "component": .string(error.component)]
                    )
                )
            }
            questions += [
                Followup("Can job \(job.pandaid) be tried again?", "panda_job_retry", ["job_id": id]),
                Followup(
                    "How do I try a failed task again?",
                    "ask_docs",
                    ["question": "How do I retry a failed task?"]
                ),
            ]
        }
        if let task {
            questions.append(
                Followup("How far is task \(task)?", "panda_study_task", ["jeditaskid": .integer(task)])
            )
        }
        if !JobState.isFinal(job.status) {
            questions += [
                Followup("Kill job \(job.pandaid)?", "panda_job_kill", ["job_id": id]),
                Followup("How is a job killed?", "ask_docs", ["question": "How do I kill a job or a task?"]),
            ]
        }
        if let task {
            questions.append(
                Followup("How do the other jobs of task \(task) do?", "panda_list_jobs", ["taskid": .integer(task)])
            )
        }
        return questions
    }

    /// After a task was studied.
    static func after(_ task: TaskFacts) -> [Followup] {
        let id = JSONValue.integer(task.jeditaskid)
        var questions: [Followup] = []
        if task.jobs?.byError.isEmpty == false || (task.counts.failed ?? 0) > 0 {
            questions.append(
                Followup("Why did jobs of task \(task.jeditaskid) fail?", "panda_task_failures", ["jeditaskid": id])
            )
        }
        questions.append(
            Followup("Which jobs does task \(task.jeditaskid) have?", "panda_list_jobs", ["taskid": id])
        )
        if ["finished", "failed", "aborted", "exhausted"].contains(task.status) {
            questions += [
                Followup("Try task \(task.jeditaskid) again?", "panda_task_retry", ["task_id": id]),
                Followup("How do I try a task again?", "ask_docs", ["question": "How do I retry a failed task?"]),
            ]
        } else if !TaskState.isFinal(task.status) {
            questions += [
                Followup("End task \(task.jeditaskid)?", "panda_task_kill", ["task_id": id]),
                Followup("How is a task ended?", "ask_docs", ["question": "How do I kill or finish a task?"]),
            ]
        }
        questions.append(
            Followup("What did task \(task.jeditaskid) use?", "panda_resource_usage", ["taskid": id])
        )
        if let parent = task.attributes.parentTask {
            questions.append(
                Followup("How far is its parent, task \(parent)?", "panda_study_task", ["jeditaskid": .integer(parent)])
            )
        }
        return questions
    }
}

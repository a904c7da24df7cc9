/// A transform of a request: one label of the pipeline, or a chunk of it, as one PanDA task.
struct IDDSTransform: Sendable {
    let id: Int
    /// The PanDA task, which iDDS calls the workload.
    let task: Int
    /// The name of the run, the label, and the number of the chunk when there are several.
    let name: String
    let status: String
    let outputTotal: Int
    var outputProcessed = 0
    var outputProcessing = 0
    var outputFailed = 0
    var outputMissing = 0
    /// Outputs known, but not begun.
    var outputNew = 0
    /// Inputs that are not there yet.
    var inputNew = 0
    /// The exit codes of failed outputs, with how many had them.
    var exitCodes: [(code: Int, count: Int)] = []

    var inputTotal: Int { outputTotal }
    var isFinal: Bool { !["Transforming", "New"].contains(status) }
}

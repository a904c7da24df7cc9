/// One transform of a run: a label of the pipeline, or a chunk of one, as one PanDA task.
package struct TransformFacts: Hashable, Sendable {
    package let id: Int
    package let label: String
    package let status: IDDSStatus
    package let counts: StateCounts
    /// The PanDA task; nil as long as there is none.
    package let task: Int?
    /// The exit codes of its failed jobs; empty when they are not known.
    package var exitCodes: [ExitCodeCount] = []

    package init(id: Int, label: String, status: IDDSStatus, files: TransformFiles, task: Int?) {
        self.id = id
        self.label = label
        self.status = status
        self.counts = TransformPhase(status).counts(of: files)
        self.task = task
    }
}

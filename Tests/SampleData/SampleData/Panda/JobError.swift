/// One of the errors a job carries: a code of a component, with its text.
struct JobError: Hashable, Sendable {
    var code = 0
    var diagnosis: String?
}

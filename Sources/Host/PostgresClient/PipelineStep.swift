/// One command of what is sent together for a statement; results come in the same order.
enum PipelineStep: Hashable {
    /// A command whose failure matters to nobody.
    case housekeeping
    case begin
    case timeout
    case prepare
    case describe
    case execute
    /// `COMMIT` or `ROLLBACK`.
    case end
    case synchronize
}

/// The forms in which one tool is published; revisions that publish alike share one.
package enum ToolForm: Int, Hashable, Sendable, CaseIterable {
    /// Without title and output schema.
    case plain
    /// With both; an output schema has an object at its root.
    case titled
    /// With both; an output schema is published as it was written.
    case full
}

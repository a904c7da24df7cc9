/// The forms in which one tool is published; revisions that publish alike share one.
package enum ToolForm: Int, Hashable, Sendable, CaseIterable {
    /// Without title, output schema, icons and metadata.
    case plain
    /// With all but icons; an output schema has an object at its root.
    case titled
    /// With icons as well.
    case pictured
    /// With everything; an output schema is published as it was written.
    case full
}

/// The lists that clients can be told about when they change.
package enum ListKind: String, Hashable, Sendable, CaseIterable {
    case tools
    /// Resources and resource templates.
    case resources
    case prompts
}

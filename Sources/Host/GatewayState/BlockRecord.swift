/// What the operators have taken out of service.
package struct BlockRecord: Hashable, Sendable {
    /// What a block is about.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A plugin, by its id or a namespace it has.
        case plugin
        case namespace
        /// A tool, by its outside name.
        case tool
    }

    package let kind: Kind
    package let name: String
    /// Why, for the operators.
    package let reason: String
    /// The operator's name on the machine.
    package let by: String
    /// Seconds since 1970.
    package let since: Int64

    package init(kind: Kind, name: String, reason: String, by: String, since: Int64) {
        self.kind = kind
        self.name = name
        self.reason = reason
        self.by = by
        self.since = since
    }
}

/// Says what there is, and what somebody may use of it; implemented by `Catalog`.
package protocol OfferListing: Sendable {
    /// The experiments there are, in order, each with the tools that the principal may know of.
    func offers(to principal: Principal) -> [ExperimentOffer]
}

/// An experiment as somebody sees it.
package struct ExperimentOffer: Hashable, Sendable {
    package let namespace: String
    /// A name for people, where the plugin gives one.
    package let title: String?
    /// In the order of their names.
    package let tools: [ToolOffer]

    package init(namespace: String, title: String?, tools: [ToolOffer]) {
        self.namespace = namespace
        self.title = title
        self.tools = tools
    }
}

/// A tool that somebody may know of, and what they may do with it.
package struct ToolOffer: Hashable, Sendable {
    /// Under its namespace.
    package let name: String
    /// A name for people, where the plugin gives one.
    package let title: String?
    /// Never `hidden`.
    package let decision: PolicyDecision

    package init(name: String, title: String?, decision: PolicyDecision) {
        self.name = name
        self.title = title
        self.decision = decision
    }
}

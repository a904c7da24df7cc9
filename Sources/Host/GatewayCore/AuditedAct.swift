/// Something that somebody did about calls without making one: agreeing to one, blocking some.
package struct AuditedAct: Hashable, Sendable {
    /// What was done, a word of ours.
    package let name: String
    /// Who did it; nil for the operator, who needs no token.
    package let principal: Principal?
    package let item: ItemReference?
    /// The SHA-256 of the call's arguments, in hexadecimal.
    package let argumentsDigest: String?
    /// What else there is to say, by words of ours.
    package let details: [String: String]

    package init(
        _ name: String,
        principal: Principal? = nil,
        item: ItemReference? = nil,
        argumentsDigest: String? = nil,
        details: [String: String] = [:]
    ) {
        self.name = name
        self.principal = principal
        self.item = item
        self.argumentsDigest = argumentsDigest
        self.details = details
    }
}

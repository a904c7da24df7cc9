import GatewayCore

/// Whose a session is, and for which view: an id shown by anybody else, or elsewhere, is unknown.
struct SessionOwner: Hashable, Sendable {
    private let issuer: String
    private let subject: String
    private let viewPath: String

    init(_ caller: Caller) {
        issuer = caller.principal.issuer
        subject = caller.principal.subject
        viewPath = caller.view.path
    }
}

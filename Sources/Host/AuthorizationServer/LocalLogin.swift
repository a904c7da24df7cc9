import Sealing

/// A login at the gateway itself: for trying it on one machine, where no collaboration's login is at hand.
package struct LocalLogin: Hashable, Sendable {
    /// The `iss` of who logs in here.
    package let issuer: String
    package let username: String
    /// What the user is a member of.
    package let groups: [String]
    private let passwordDigest: String

    package init(issuer: String, username: String, password: String, groups: [String]) {
        self.issuer = issuer
        self.username = username
        self.groups = groups
        passwordDigest = Self.digest(username, password)
    }

    private static func digest(_ username: String, _ password: String) -> String {
        Secret.digest("local login\n\(username.utf8.count)\n\(username)\(password)")
    }

    /// Whether somebody is the user; how long that takes tells nothing of either word.
    func accepts(_ username: String, _ password: String) -> Bool {
        let isName = ConstantTime.areEqual(Array(username.utf8), Array(self.username.utf8))
        let isPassword = ConstantTime.areEqual(
            Array(Self.digest(self.username, password).utf8),
            Array(passwordDigest.utf8)
        )
        return isName && isPassword
    }
}

extension LoginProvider {
    /// A provider that is the gateway itself.
    package init(local: LocalLogin, id: String, label: String, contact: String, admissions: [Admission]) {
        self.init(
            id: id,
            label: label,
            issuers: [local.issuer],
            discoveryURL: "",
            clientID: "",
            clientSecret: nil,
            scopes: [],
            asksUserinfo: false,
            admissions: admissions,
            contact: contact,
            local: local
        )
    }
}

/// What the person in the browser sees next.
package struct BrowserStep: Sendable {
    package enum Page: Sendable {
        case consent(ConsentView)
        case chooser(ticket: String, [LoginChoice])
        /// Somebody logs in at the gateway itself.
        case password(PasswordView)
        /// The browser goes elsewhere: to a provider, or back to the client.
        case leave(String)
        /// A device may go on, or not.
        case deviceAnswered(isAllowed: Bool)
        /// What a call would do, and whether it may.
        case callConsent(CallConsentView)
        /// It ends here.
        case refused(status: Int, title: String, sentence: String)
        /// It ends here: no group of the person's gives a role.
        case noRole(NoRoleView)
        /// Somebody chooses where to log in, to see what is theirs.
        case signIn([LoginChoice])
        case account(AccountView)
        case confirmLink(LinkView)
        case signedOut(SignedOutView)
        case accountClosed
        /// Somebody gives a token for a source.
        case giveToken(GiveTokenView)
        /// What somebody wanted for themselves is not done.
        case turnedDown(status: Int, title: String, sentence: String)
        /// The browser goes on to a page of ours.
        case go(Place)
    }

    /// A page of ours.
    package enum Place: String, Hashable, Sendable {
        case account = "/account"
        case applications = "/account#applications"
        case logins = "/account#logins"
        case tokens = "/account#tokens"
    }

    /// Where the pages lie on which a person gives a token for a source, below the public URL.
    package static let tokenPath = "/account/token/"

    package let page: Page
    /// The cookies as they shall be now.
    package let cookies: BrowserCookies

    init(_ page: Page, _ cookies: BrowserCookies) {
        self.page = page
        self.cookies = cookies
    }
}

/// What somebody reads before they agree.
package struct ConsentView: Hashable, Sendable {
    package enum Trust: Hashable, Sendable {
        /// The site knows the client.
        case known
        /// The host is proven.
        case host(String)
        /// The name is the client's own word.
        case unverified
    }

    package let ticket: String
    package let clientName: String
    package let trust: Trust
    /// Where the answer goes; nil for a device.
    package let redirectHost: String?
    /// Whether the answer goes to a program on the person's own machine, whichever it is.
    package let isLoopback: Bool
    package let scopes: [RequestedScope]
    /// Who is logged in already.
    package let username: String?
    /// The code the device shows, which the person compares.
    package let userCode: String?
}

/// Where somebody types a password.
package struct PasswordView: Hashable, Sendable {
    package let ticket: String
    /// What the login is called.
    package let label: String
    /// Whether what was typed before was wrong.
    package let isAgain: Bool
}

/// What somebody reads who has no role here.
package struct NoRoleView: Hashable, Sendable {
    package let name: String
    /// How it would be otherwise, by the login they came with.
    package let wayIn: WayIn
}

/// One scope that a client asks for, and what it allows.
package struct RequestedScope: Hashable, Sendable {
    package let name: String
    /// Nil where the plugin does not say.
    package let meaning: String?
}

/// One button of the chooser.
package struct LoginChoice: Hashable, Sendable {
    package let id: String
    package let label: String
}

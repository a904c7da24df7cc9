/// What people do with what is theirs; that a form is from a page of ours was seen before.
extension AuthorizationServer {
    /// `GET /account`.
    package func account(_ cookies: BrowserCookies) async -> BrowserStep {
        await flow.account(cookies)
    }

    /// `GET /account/token/<source>`.
    package func showToken(_ source: String, _ cookies: BrowserCookies) async -> BrowserStep {
        await flow.showToken(source, cookies)
    }

    /// Who is logged in; nil for nobody, also when that cannot be found out now.
    package func visitor(_ cookies: BrowserCookies) async -> Visitor? {
        try? await flow.visitor(cookies)
    }

    /// A form that is from no page of this session.
    package static func outdated(_ cookies: BrowserCookies) -> BrowserStep {
        BrowserFlow.turnedDown(
            "This page is too old",
            "You have signed in or out since it was opened. Open your account again.",
            cookies,
            status: 400
        )
    }

    /// What somebody may do on the page of their account; the word is the last part of the path.
    package enum AccountAct: String, Hashable, Sendable, CaseIterable {
        case signIn = "sign-in"
        case signOut = "sign-out"
        case revoke, link, confirm, unlink, close
        case giveToken = "give-token"
        case removeToken = "remove-token"
    }

    /// `POST /account/<act>`.
    package func act(_ act: AccountAct, _ form: FormParameters, _ cookies: BrowserCookies) async -> BrowserStep {
        switch act {
        case .signIn: await flow.signIn(at: form["provider"] ?? "", cookies)
        case .signOut: await flow.signOut(endingGrants: form["grants"] == "end", cookies)
        case .revoke where form["grant"] != nil || form["all"] == "yes": await flow.revoke(form["grant"], cookies)
        case .revoke: BrowserFlow.expired(cookies)
        case .link: await flow.link(at: form["provider"] ?? "", cookies)
        case .confirm:
            await flow.confirmLink(form["decision"] == "link", ticket: form["ticket"] ?? "", cookies)
        case .unlink: await flow.unlink(form["login"] ?? "", cookies)
        case .giveToken: await flow.giveToken(form["token"] ?? "", for: form["source"] ?? "", cookies)
        case .removeToken: await flow.removeToken(for: form["source"] ?? "", cookies)
        case .close where form["sure"] == "yes": await flow.close(cookies)
        case .close:
            BrowserFlow.turnedDown(
                "The account is as it was",
                "Tick that you are sure, if you want to close it.",
                cookies,
                status: 400
            )
        }
    }
}

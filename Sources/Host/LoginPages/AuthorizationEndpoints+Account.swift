import AuthorizationServer

/// What people do with what is theirs.
extension AuthorizationEndpoints {
    /// Does what a form asks for, once it is known to be from a page of ours: from one of this session where the act is
    /// somebody's who is logged in.
    func act(
        _ act: AuthorizationServer.AccountAct,
        _ body: [UInt8],
        _ cookies: BrowserCookies
    ) async -> BrowserStep {
        let proven = act == .signIn ? cookies.form : cookies.session
        guard let text = String(validating: body, as: UTF8.self), let form = try? FormParameters(text),
            FormProof.holds(form["proof"], proven)
        else { return AuthorizationServer.outdated(cookies) }
        return await server.act(act, form, cookies)
    }

    /// The page of a step of somebody who came for themselves.
    func accountPage(_ page: BrowserStep.Page, _ cookies: BrowserCookies) -> Page {
        let secret = if case .signIn = page { cookies.form } else { cookies.session }
        let pages = AccountPages(root: place.root, proof: FormProof.proof(of: secret ?? ""))
        return switch page {
        case .signIn(let choices): pages.signIn(choices)
        case .account(let view): pages.account(view)
        case .confirmLink(let view): pages.confirm(view)
        case .signedOut(let view): pages.signedOut(view)
        case .accountClosed: pages.closed()
        case .giveToken(let view): pages.tokens.give(view)
        case .turnedDown(let status, let title, let sentence): pages.turnedDown(title, sentence, status: status)
        default: pages.turnedDown("There is nothing here", "Go back to your account.", status: 404)
        }
    }
}

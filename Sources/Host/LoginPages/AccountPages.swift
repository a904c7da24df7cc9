import AuthorizationServer

/// The pages on which somebody sees and ends what is theirs.
struct AccountPages: Sendable {
    let root: String
    /// That a form was filled in on this page.
    let proof: String

    /// The pages about tokens that somebody gives.
    var tokens: TokenPages { TokenPages(root: root, proof: proof) }

    // MARK: - Coming and going

    func signIn(_ choices: [LoginChoice]) -> Page {
        let buttons = HTML(choices.map { #"<button name="provider" value="\#($0.id)">\#($0.label)</button>"# as HTML })
        let form: HTML =
            choices.isEmpty
            ? "<p>Nobody can log in here: this server is for programs that have an account of their own.</p>"
            : """
            <p>With which login?</p>
            \(self.form(.signIn, buttons))
            """
        return Page(
            title: "Sign in",
            body: """
                <p>Your account shows which applications may use the experiments' tools as you, and lets you end that. \
                There you can also link the logins of several collaborations.</p>
                \(form)
                \(home)
                """
        )
    }

    func signedOut(_ view: SignedOutView) -> Page {
        let rest: HTML =
            switch view.remaining {
            case 0: ""
            case 1: "<p>One application may still act for you.</p>"
            default: "<p>\(String(view.remaining)) applications may still act for you.</p>"
            }
        return Page(
            title: "You are signed out",
            body: """
                <p>This browser is signed out here. You may still be logged in at <strong>\(view.label)</strong>: on a \
                computer that others use, log out there too.</p>
                \(rest)
                <p><a href="\(root)/account">Sign in again</a></p>
                \(home)
                """
        )
    }

    func closed() -> Page {
        Page(
            title: "The account is closed",
            body: """
                <p>No application can act for you any more, and your logins are forgotten here. Whoever of them signs \
                in again begins a new account.</p>
                \(home)
                """
        )
    }

    func turnedDown(_ title: String, _ sentence: String, status: Int) -> Page {
        Page(
            title: title,
            body: #"<p>\#(sentence)</p><p><a href="\#(root)/account">Go to your account</a></p>"#,
            status: status
        )
    }

    // MARK: - The account

    func account(_ view: AccountView) -> Page {
        Page(
            title: "Your account",
            body: """
                <p>You are signed in as <strong>\(view.here.name)</strong> (\(view.here.label)).</p>
                \(home)
                <h2 id="logins">Your logins</h2>
                \(HTML(view.logins.map { login($0, isOnly: view.logins.count == 1) }))
                \(linking(view))
                <h2 id="applications">Applications that act for you</h2>
                \(applications(view))
                \(tokens.section(view.tokens, at: view.moment))
                <h2>Sign out</h2>
                \(signOut(view))
                <h2>Close this account</h2>
                \(closing(view))
                """
        )
    }

    private func login(_ login: AccountLogin, isOnly: Bool) -> HTML {
        let here: HTML = login.isCurrent ? "<p>You are signed in by this login.</p>" : ""
        let unlink: HTML =
            isOnly
            ? ""
            : form(
                .unlink,
                """
                <input type="hidden" name="login" value="\(login.handle)">
                <button aria-label="Unlink \(login.label)">Unlink</button>
                """
            )
        return """
            <section class="card">
            <h3>\(login.label)</h3>
            <p><strong>\(login.name)</strong></p>
            \(here)
            \(roles(login))
            \(renewal(login))
            <details><summary>How this login is known</summary>
            <p>Administrators of other services, such as Rucio, may ask for it:</p>
            <p class="copy">SUB=\(login.subject), ISS=\(login.issuer)</p></details>
            \(unlink)
            </section>
            """
    }

    private func roles(_ login: AccountLogin) -> HTML {
        switch login.state {
        case .isGone: return #"<p class="note">This server has no such login any more: it gives you nothing.</p>"#
        case .isOver: return #"<p class="note">It gives you nothing until you log in there again.</p>"#
        case .holds where login.roles.isEmpty:
            return """
                <p class="note">None of your groups at this login gives you a role here.</p>
                \(login.wayIn.map(WayInText.sentences) ?? "")
                """
        case .holds:
            return """
                <p>It gives you:</p>
                <ul class="words">\(HTML(login.roles.map { "<li><code>\($0)</code></li>" as HTML }))</ul>
                """
        }
    }

    private func renewal(_ login: AccountLogin) -> HTML {
        guard login.state != .isGone, !login.isCurrent else { return "" }
        return form(
            .link,
            """
            <button name="provider" value="\(login.provider)" aria-label="Log in at \(login.label) again">\
            Log in there again</button>
            """
        )
    }

    private func linking(_ view: AccountView) -> HTML {
        guard !view.linkable.isEmpty else { return "" }
        let buttons = HTML(
            view.linkable.map { #"<button name="provider" value="\#($0.id)">Link \#($0.label)</button>"# as HTML }
        )
        return """
            <h3>Link another login</h3>
            <p>Then your applications may use what both logins allow, each for its own experiments. You will be asked \
            to log in at the other, and maybe here again, to show that both are yours.</p>
            \(form(.link, buttons))
            """
    }

    // MARK: - Applications

    private func applications(_ view: AccountView) -> HTML {
        guard !view.grants.isEmpty else {
            return "<p>None. An application appears here when you have connected it and allowed it.</p>"
        }
        let more: HTML =
            view.furtherGrants == 0
            ? "" : "<p>\(String(view.furtherGrants)) more are not shown. Those shown were used last.</p>"
        let all: HTML =
            view.grants.count == 1
            ? "" : form(.revoke, #"<button name="all" value="yes">Disconnect all of them</button>"#)
        return """
            \(HTML(view.grants.map { application($0, at: view.moment) }))
            \(more)
            \(all)
            """
    }

    private func application(_ grant: AccountGrant, at now: Int64) -> HTML {
        """
        <section class="card">
        <h3>\(grant.clientName)</h3>
        \(trust(grant.trust))
        <p>Connected \(Age.text(now - grant.createdAt)) ago, used \(Age.text(now - grant.usedAt)) ago, \
        ends by itself in \(Age.text(grant.expiresAt - now)).</p>
        <p>As far as you yourself may, it may use:</p>
        <ul>\(HTML(grant.scopes.map(Pages.scope)))</ul>
        \(form(
            .revoke,
            """
            <input type="hidden" name="grant" value="\(grant.id)">
            <button aria-label="Disconnect \(grant.clientName)">Disconnect</button>
            """
        ))
        </section>
        """
    }

    private func trust(_ trust: ConsentView.Trust) -> HTML {
        switch trust {
        case .known: "<p>The operators of this server know this application.</p>"
        case .host(let host): "<p>It is published by <strong>\(host)</strong>.</p>"
        case .unverified: "<p>Its name is its own word.</p>"
        }
    }

    // MARK: - Ends

    private func signOut(_ view: AccountView) -> HTML {
        let box: HTML =
            view.grants.isEmpty
            ? ""
            : """
            <label class="choice"><input type="checkbox" name="grants" value="end"> \
            Disconnect all applications too</label>
            """
        let sentence: HTML =
            view.grants.isEmpty
            ? "" : "<p>Applications that you have connected go on without this browser, unless you disconnect them.</p>"
        return """
            \(sentence)
            \(form(.signOut, "\(box)<button>Sign out</button>"))
            """
    }

    private func closing(_ view: AccountView) -> HTML {
        """
        <p>This disconnects all applications and forgets your logins here. It is also how you make a login free that \
        you want to link to another account.</p>
        \(form(
            .close,
            """
            <label class="choice"><input type="checkbox" name="sure" value="yes" required> I am sure</label>
            <button>Close the account</button>
            """
        ))
        """
    }

    // MARK: - Linking

    func confirm(_ view: LinkView) -> Page {
        Page(
            title: "Link these two logins?",
            body: """
                <p>The login you are here by:</p>
                <p class="place">\(view.here.name)</p><p>\(view.here.label)</p>
                <p>The login you have just shown:</p>
                <p class="place">\(view.other.name)</p><p>\(view.other.label)</p>
                <p class="note">Link them only if both are yours. Whoever can log in with either of them can then use \
                what both allow.</p>
                \(form(
                    .confirm,
                    """
                    <input type="hidden" name="ticket" value="\(view.ticket)">
                    <button class="main" name="decision" value="link">Link them</button>
                    <button name="decision" value="leave">Do not link them</button>
                    """
                ))
                """
        )
    }

    // MARK: - Parts

    private var home: HTML {
        #"<p><a href="\#(root)/">What is here, and how to connect</a></p>"#
    }

    private func form(_ act: AuthorizationServer.AccountAct, _ content: HTML) -> HTML {
        """
        <form method="post" action="\(root)/account/\(act.rawValue)">
        <input type="hidden" name="proof" value="\(proof)">
        \(content)
        </form>
        """
    }
}

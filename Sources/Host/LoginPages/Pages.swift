import AuthorizationServer

/// The pages of a login.
enum Pages {
    /// Asks somebody whether a client may act for them.
    ///
    /// No button is chosen beforehand, and what the client calls itself never stands alone.
    static func consent(_ view: ConsentView, root: String) -> Page {
        let scopes = HTML(view.scopes.map(scope))
        let who: HTML = view.username.map { "<p>You are logged in as <strong>\($0)</strong>.</p>" as HTML } ?? ""
        let other: HTML =
            view.username == nil
            ? "" : #"<button name="decision" value="switch">Allow, with another login</button>"#
        return Page(
            title: "Allow \(view.clientName)?",
            body: """
                <p><strong>\(view.clientName)</strong> wants to use the experiments' tools on this server as you.</p>
                \(trust(view.trust))
                \(destination(view))
                <p>It asks for:</p>
                <ul>\(scopes)</ul>
                \(who)
                <form method="post" action="\(root)/login/consent">
                <input type="hidden" name="ticket" value="\(view.ticket)">
                <button class="main" name="decision" value="allow">Allow</button>
                \(other)
                <button name="decision" value="deny">Do not allow</button>
                </form>
                """
        )
    }

    static func scope(_ scope: RequestedScope) -> HTML {
        guard let meaning = scope.meaning else { return "<li><code>\(scope.name)</code></li>" }
        let experiment = String(scope.name.prefix { $0 != ":" })
        return "<li><strong>\(experiment)</strong>: \(meaning) <small>(<code>\(scope.name)</code>)</small></li>"
    }

    private static func trust(_ trust: ConsentView.Trust) -> HTML {
        switch trust {
        case .known: "<p>The operators of this server know this application.</p>"
        case .host(let host): "<p>It is published by <strong>\(host)</strong>.</p>"
        case .unverified:
            #"<p class="note">It registered itself: nobody has checked its name. Look at where the answer goes.</p>"#
        }
    }

    private static func destination(_ view: ConsentView) -> HTML {
        guard let host = view.redirectHost else {
            let code = UserCode.shown(view.userCode ?? "")
            return """
                <p class="note">Allow this only if you began it yourself, and the device in front of you shows:</p>
                <p class="code">\(code)</p>
                """
        }
        let warning: HTML =
            view.isLoopback
            ? """
            <p class="note">The answer goes to a program on your own computer. Allow this only if you began it there \
            yourself, just now.</p>
            """ : ""
        return #"<p>The answer goes to:</p><p class="place">\#(host)</p>\#(warning)"#
    }

    static func chooser(_ ticket: String, _ choices: [LoginChoice], root: String) -> Page {
        let buttons = HTML(
            choices.map { #"<button name="provider" value="\#($0.id)">\#($0.label)</button>"# as HTML }
        )
        return Page(
            title: "Choose your collaboration's login",
            body: """
                <form method="post" action="\(root)/login/choice">
                <input type="hidden" name="ticket" value="\(ticket)">
                \(buttons)
                </form>
                """
        )
    }

    static func password(_ view: PasswordView, root: String) -> Page {
        let again: HTML = view.isAgain ? #"<p class="note">The name or the password is wrong.</p>"# : ""
        return Page(
            title: "Log in",
            body: """
                <p>\(view.label). Name and password stand in the file <code>development-issuer.json</code> of the state \
                folder; the demonstration also prints them where it was started.</p>
                \(again)
                <form method="post" action="\(root)/login/password">
                <input type="hidden" name="ticket" value="\(view.ticket)">
                <label for="username">Name</label>
                <input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" \
                maxlength="64" required>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" \
                required>
                <button class="main">Log in</button>
                </form>
                """
        )
    }

    /// Sends the browser on after a form: a redirect would be held back by `form-action`, and by what opens programs.
    static func leave(_ url: String) -> Page {
        Page(
            title: "Going on",
            body: #"<p><a rel="noreferrer" href="\#(url)">Continue</a></p>"#,
            continuesAt: url
        )
    }

    static func device(proof: String, userCode: String, root: String) -> Page {
        Page(
            title: "Connect a device",
            body: """
                <p>Type the code that the device or program shows. Do this only if you began it yourself.</p>
                <form method="post" action="\(root)/device">
                <input type="hidden" name="proof" value="\(proof)">
                <input name="user_code" value="\(userCode)" autocomplete="off" autocapitalize="characters" \
                spellcheck="false" aria-label="Code" maxlength="16">
                <button class="main">Go on</button>
                </form>
                """
        )
    }

    static func deviceAnswered(_ isAllowed: Bool) -> Page {
        isAllowed
            ? Page(title: "The device is connected", body: "<p>You can close this page.</p>")
            : Page(title: "The device is not connected", body: "<p>Nothing was allowed. You can close this page.</p>")
    }

    static func noRole(_ view: NoRoleView, root: String) -> Page {
        Page(
            title: "You have no role here",
            body: """
                <p>You are logged in as <strong>\(view.name)</strong> (\(view.wayIn.label)), but none of your groups \
                there gives you a role on this server. So nothing was allowed to the application.</p>
                \(WayInText.sentences(view.wayIn))
                <p>If you have another login that is known here, start again in the application, and choose \
                “Allow, with another login”.</p>
                <p><a href="\(root)/account">Go to your account</a></p>
                """,
            status: 403
        )
    }

    static func refused(_ title: String, _ sentence: String, status: Int) -> Page {
        Page(title: title, body: "<p>\(sentence)</p>", status: status)
    }
}

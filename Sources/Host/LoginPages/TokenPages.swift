import AuthorizationServer

/// The parts of the account that are about tokens which somebody gives for sources.
struct TokenPages: Sendable {
    let root: String
    /// That a form was filled in on this page.
    let proof: String

    /// The page on which a token is given.
    func give(_ view: GiveTokenView) -> Page {
        let fault: HTML = view.fault.map { #"<p class="note" role="alert">\#($0)</p>"# as HTML } ?? ""
        let help: HTML = view.help.map { "<p>\($0)</p>" as HTML } ?? ""
        let hint: HTML = view.prefix.isEmpty ? "" : "<p>It begins with <code>\(view.prefix)</code>.</p>"
        return Page(
            title: "Your token for \(view.token.label)",
            body: """
                <p>You are signed in as <strong>\(view.username)</strong>. With a token of yours this server asks \
                <strong>\(view.token.label)</strong> for you, when an application calls a tool that needs it.</p>
                \(fault)
                \(view.token.present == nil ? "" : present(view.token, at: view.moment))
                \(help)
                \(hint)
                <p class="note">It is kept encrypted for at most \(Age.text(view.lifetime)), shown to nobody but that \
                service, and can be removed on the page of your account. Give one that may do no more than you need.</p>
                \(form(
                    .giveToken,
                    """
                    <input type="hidden" name="source" value="\(view.token.source)">
                    <label for="token">The token</label>
                    <input id="token" name="token" type="password" required autocomplete="off" spellcheck="false" \
                    autocapitalize="none">
                    <button class="main">Keep it</button>
                    """
                ))
                <p><a href="\(root)/account#tokens">Go to your account</a></p>
                """,
            status: view.fault == nil ? 200 : 400
        )
    }

    /// The part of the account; empty where there is nothing of this kind.
    func section(_ tokens: [AccountToken], at now: Int64) -> HTML {
        guard !tokens.isEmpty else { return "" }
        return """
            <h2 id="tokens">Tokens you gave</h2>
            <p>With them this server asks other services for you.</p>
            \(HTML(tokens.map { card($0, at: now) }))
            """
    }

    private func card(_ token: AccountToken, at now: Int64) -> HTML {
        let name: HTML = token.present == nil ? "Give a token" : "Give another token"
        let give: HTML =
            token.isWanted
            ? #"<p><a href="\#(root + BrowserStep.tokenPath + token.source)">\#(name) for \#(token.label)</a></p>"# : ""
        let remove: HTML =
            token.present == nil
            ? ""
            : form(
                .removeToken,
                """
                <input type="hidden" name="source" value="\(token.source)">
                <button aria-label="Remove the token for \(token.label)">Remove</button>
                """
            )
        return """
            <section class="card">
            <h3>\(token.label)</h3>
            \(present(token, at: now))
            \(give)
            \(remove)
            </section>
            """
    }

    private func present(_ token: AccountToken, at now: Int64) -> HTML {
        guard let present = token.present else { return "<p>There is none.</p>" }
        let tail: HTML = present.tail.isEmpty ? "" : " that ends with <code>\(present.tail)</code>"
        return """
            <p>There is one\(tail), given \(Age.text(now - present.givenAt)) ago; it is kept for \
            \(Age.text(present.expiresAt - now)) more.</p>
            """
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

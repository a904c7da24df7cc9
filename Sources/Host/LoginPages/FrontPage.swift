import AuthorizationServer
import GatewayCore

/// The page at the public URL: what is here, how each client is connected, and what somebody may use.
struct FrontPage: Sendable {
    /// How many tools of an experiment are named.
    static let shownTools = 500

    let root: String
    let views: [View]
    let providers: [LoginProvider]
    /// Whether only programs on this machine reach the gateway.
    let isForOneMachine: Bool

    func page(_ offers: [ExperimentOffer], _ visitor: Visitor?) -> Page {
        Page(
            title: "Connect your assistant",
            body: """
                <p>Through this server Claude, ChatGPT, VS Code, Cursor and other programs that speak the Model Context \
                Protocol (MCP) ask the services of physics experiments for you. You log in with the login of your \
                collaboration, and they may use what your groups there allow, and nothing else.</p>
                \(who(visitor))
                <h2 id="addresses">Addresses</h2>
                \(addresses(offers))
                <h2 id="clients">How to connect</h2>
                \(ClientGuide(url: root + (views.first?.path ?? "/mcp"), isForOneMachine: isForOneMachine).html)
                <h2 id="experiments">\(visitor == nil ? "The experiments" : "What you may use")</h2>
                \(HTML(offers.map { experiment($0, visitor) }))
                """
        )
    }

    // MARK: - Who is there

    private func who(_ visitor: Visitor?) -> HTML {
        if let visitor {
            return """
                <p>You are signed in as <strong>\(visitor.name)</strong>. \
                <a href="#experiments">What you may use</a> is below; <a href="\(root)/account">your account</a> shows \
                what acts for you, and links further logins.</p>
                """
        }
        if providers.isEmpty {
            return "<p>People cannot log in here: this server is for programs that have an account of their own.</p>"
        }
        return """
            <p><a class="button main" href="\(root)/account">Sign in</a></p>
            <p>Then this page shows what you may use. Nobody has to sign in here to connect a client: it asks by \
            itself.</p>
            """
    }

    // MARK: - Addresses

    private func addresses(_ offers: [ExperimentOffer]) -> HTML {
        let titles = Dictionary(offers.map { ($0.namespace, name($0)) }, uniquingKeysWith: { first, _ in first })
        let lines = views.compactMap { view -> HTML? in
            guard let namespaces = view.namespaces else { return line("Everything that you may use", view) }
            let shown = namespaces.compactMap { titles[$0] }
            return shown.isEmpty ? nil : line(shown.joined(separator: ", ") + " only", view)
        }
        return "<dl>\(HTML(lines))</dl>"
    }

    private func line(_ label: String, _ view: View) -> HTML {
        #"<dt>\#(label)</dt><dd class="copy">\#(root + view.path)</dd>"#
    }

    // MARK: - Experiments

    private func name(_ offer: ExperimentOffer) -> String { offer.title ?? offer.namespace }

    private func experiment(_ offer: ExperimentOffer, _ visitor: Visitor?) -> HTML {
        let word: HTML = offer.title == nil ? "" : " <small><code>\(offer.namespace)</code></small>"
        return """
            <section class="card">
            <h3>\(name(offer))\(word)</h3>
            \(visitor.map { mine(offer, $0) } ?? ways(to: offer.namespace))
            </section>
            """
    }

    /// By which logins people come to an experiment.
    private func ways(to namespace: String) -> HTML {
        let labels = providers.filter { $0.wayIn(to: namespace) != nil }.map(\.label)
        return labels.isEmpty ? "" : "<p>For members of its groups at: \(labels.joined(separator: ", ")).</p>"
    }

    private func mine(_ offer: ExperimentOffer, _ visitor: Visitor) -> HTML {
        let roles = visitor.principal.roles.filter { $0.hasPrefix(offer.namespace + ".") }.sorted()
        let usable = offer.tools.filter { $0.decision.isUsable }
        let words = HTML(roles.map { "<li><code>\($0)</code></li>" as HTML })
        let held: HTML = roles.isEmpty ? "" : #"<p>Your roles:</p><ul class="words">\#(words)</ul>"#
        return """
            \(held)
            \(usable.isEmpty ? nothing(offer, roles, visitor) : tools(usable, of: offer))
            \(beyond(offer, usable.isEmpty && roles.isEmpty, visitor))
            """
    }

    private func tools(_ usable: [ToolOffer], of offer: ExperimentOffer) -> HTML {
        let lines = usable.prefix(Self.shownTools).map { tool in
            "<li><code>\(tool.name)</code>\(tool.title.map { " – \($0)" } ?? "")\(tool.decision.remark)</li>" as HTML
        }
        let more: HTML =
            usable.count <= Self.shownTools ? "" : "<li>and \(String(usable.count - Self.shownTools)) more</li>"
        let count = usable.count == 1 ? "1 tool" : "\(usable.count) tools"
        return "<details><summary>You may use \(count)</summary><ul>\(HTML(lines))\(more)</ul></details>"
    }

    private func nothing(_ offer: ExperimentOffer, _ roles: [String], _ visitor: Visitor) -> HTML {
        guard roles.isEmpty else { return "<p>No tool is here for these roles at the moment.</p>" }
        return """
            <p class="note">You have no role at \(name(offer)).</p>
            \(admissions(providers.compactMap { way($0, visitor, $0.wayIn(to: offer.namespace)) }))
            """
    }

    /// What somebody may see there and not use, and the groups that would change that.
    private func beyond(_ offer: ExperimentOffer, _ isStranger: Bool, _ visitor: Visitor) -> HTML {
        let denied = offer.tools.filter { $0.decision.missingRoles != nil }
        guard !denied.isEmpty, !isStranger else { return "" }
        let roles = Set(denied.flatMap { $0.decision.missingRoles ?? [] })
        let lines = denied.prefix(Self.shownTools).map { tool in
            "<li><code>\(tool.name)</code> needs \(roleWords(tool.decision.missingRoles ?? []))</li>" as HTML
        }
        let found = providers.compactMap { way($0, visitor, $0.wayIn(giving: roles)) }
        let count = denied.count == 1 ? "1 more tool needs" : "\(denied.count) more tools need"
        return """
            <details><summary>\(count) a role that you do not have</summary>
            <ul>\(HTML(lines))</ul>
            \(admissions(found))
            </details>
            """
    }

    private func roleWords(_ roles: [String]) -> HTML {
        guard let first = roles.first else { return "another role" }
        return roles.dropFirst().reduce("<code>\(first)</code>" as HTML) { "\($0) or <code>\($1)</code>" }
    }

    private func admissions(_ ways: [HTML]) -> HTML {
        ways.isEmpty
            ? "<p>No group is known here that gives one. Ask the operators of this server.</p>" : HTML(ways)
    }

    /// How somebody gets in by a login, theirs or one that they could link.
    private func way(_ provider: LoginProvider, _ visitor: Visitor, _ way: WayIn?) -> HTML? {
        guard let way else { return nil }
        let lead: HTML =
            visitor.providers.contains(provider.id)
            ? "<p>At \(way.label), your login, one of these groups gives it:</p>"
            : """
            <p>At \(way.label) one of these groups gives it. If you have that login, \
            <a href="\(root)/account#logins">link it to your account</a>.</p>
            """
        return "\(lead)\(WayInText.groups(way.admissions))<p>\(WayInText.whom(way))</p>"
    }
}

extension PolicyDecision {
    /// Whether a client of the person could call it, now or once the person has agreed or logged in anew.
    fileprivate var isUsable: Bool {
        switch self {
        case .allowed, .needsConsent, .challenge: true
        case .hidden, .blocked, .denied: false
        }
    }

    fileprivate var missingRoles: [String]? {
        if case .denied(let roles) = self { roles } else { nil }
    }

    fileprivate var remark: HTML {
        switch self {
        case .needsConsent: " <small>(asks you first)</small>"
        case .challenge(let stepUp) where stepUp.maximumAuthenticationAge != nil:
            " <small>(asks you to log in anew)</small>"
        default: ""
        }
    }
}

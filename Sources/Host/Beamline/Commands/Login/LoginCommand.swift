import ArgumentParser
import Authentication
import ClientLogin
import FoundationEssentials
import JSON

/// `beamline login`: lets a person log in at a gateway, so that `tools` and `call` may use it.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Log in at a gateway: with a browser where there is one, else with a code that you type elsewhere."
    )

    @OptionGroup var place: LoginOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Show a code to type elsewhere, also where there is a browser.")
    var device = false

    @Option(
        name: .customLong("scope"),
        help: "A scope, such as atlas:write; may be repeated. Default: what the gateway suggests."
    )
    var scopes: [String] = []

    @Option(name: .customLong("client-id"), help: "The client id to use, where the server does not register clients.")
    var client: String?

    func run() async throws {
        try await place.withLogins { logins in
            let environment = ProcessInfo.processInfo.environment
            let found = try await LoginDiscovery(fetch: logins.fetch).place(of: place.url)
            let browser = device ? nil : BrowserProgram(environment: environment)
            let asked = scopes.isEmpty ? found.scopes : scopes
            let (tokens, id) =
                if let browser, found.authorizationEndpoint != nil {
                    try await logIn(at: found, with: browser, asked, logins)
                } else {
                    try await logIn(at: found, asked, logins)
                }
            let login = StoredLogin(url: place.url, place: found, client: id, tokens: tokens, at: logins.clock.now)
            try await logins.session.keep(login)
            if output.isJSON {
                Output.json(LoginText.json(login))
            } else {
                Output.line("Logged in at \(place.url) for: \(login.scope)")
            }
        }
    }

    private func logIn(
        at found: LoginPlace,
        with browser: BrowserProgram,
        _ scopes: [String],
        _ logins: LoginOptions.Logins
    ) async throws(LoginFault) -> (ClientTokens, String) {
        let registration = Registration(fetch: logins.fetch)
        return try await BrowserLogin(fetch: logins.fetch).tokens(
            at: found,
            client: { redirectURI throws(LoginFault) in
                try await registration.client(at: found, known: client, redirectURI: redirectURI)
            },
            scopes: scopes,
            show: { url in
                let isOpened = browser.open(url)
                let lead =
                    isOpened ? "Log in with the browser. If none opens, open" : "Open in a browser of this machine"
                output.isJSON ? Output.json(["authorization_url": .string(url)]) : Output.line("\(lead): \(url)")
            }
        )
    }

    private func logIn(
        at found: LoginPlace,
        _ scopes: [String],
        _ logins: LoginOptions.Logins
    ) async throws(LoginFault) -> (ClientTokens, String) {
        let id = try await Registration(fetch: logins.fetch)
            .client(at: found, known: client, redirectURI: Registration.portlessRedirectURI)
        let tokens = try await DeviceLogin(fetch: logins.fetch).tokens(at: found, client: id, scopes: scopes) {
            prompt in
            guard output.isJSON else {
                Output.line("Open \(prompt.page) in any browser, and type the code \(prompt.code)")
                return
            }
            Output.json([
                "verification_uri": .string(prompt.page), "user_code": .string(prompt.code),
                "verification_uri_complete": prompt.pageWithCode.map(JSONValue.string) ?? .null,
            ])
        }
        return (tokens, id)
    }
}

/// `beamline logout`: ends a login here and at the gateway.
struct LogoutCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout",
        abstract: "End your login at a gateway, here and there."
    )

    @OptionGroup var place: LoginOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await place.withLogins { logins in
            guard try await logins.session.end(place.url) else {
                throw LoginFault(.refused, "You are not logged in at \(place.url).")
            }
            output.isJSON ? Output.json(["ok": true]) : Output.line("Logged out.")
        }
    }
}

/// `beamline whoami`: whose login there is, and whether the gateway still accepts it.
struct WhoamiCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami",
        abstract: "Show your login at a gateway, and whether it still holds; exit 1 when it does not."
    )

    @OptionGroup var place: LoginOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let login = try await place.withLogins { logins in
            guard let login = try await logins.session.login(for: place.url) else {
                throw LoginFault(.refused, "You are not logged in; run: beamline login --url \(place.url)")
            }
            return login
        }
        let client = try GatewayClient(url: place.url, credential: .login(LoginCredential(url: place.url)))
        let tools: [JSONValue]
        do {
            tools = try await client.tools()
        } catch {
            await client.close()
            throw error
        }
        await client.close()
        if output.isJSON {
            Output.json(LoginText.json(login, tools: tools.count))
        } else {
            for line in LoginText.lines(login, tools: tools.count) { Output.line(line) }
        }
    }
}

import AuthorizationServer
package import GatewayCore
import HTTPServer

/// A login with a browser on this machine, which comes back to a port of this program (RFC 8252).
package struct BrowserLogin: Sendable {
    private let requests: TokenRequests
    private let patience: Duration

    /// The person may take as long as `patience`.
    package init(fetch: any HTTPFetch, patience: Duration = .seconds(600)) {
        requests = TokenRequests(fetch: fetch)
        self.patience = patience
    }

    /// Shows the person a URL, and waits until the browser has come back.
    package func tokens(
        at place: LoginPlace,
        client: (_ redirectURI: String) async throws(LoginFault) -> String,
        scopes: [String],
        show: (_ url: String) -> Void
    ) async throws(LoginFault) -> (tokens: ClientTokens, client: String) {
        guard let endpoint = place.authorizationEndpoint else {
            throw .refused("\(place.issuer) has no login with a browser.")
        }
        let (returns, sink) = AsyncStream.makeStream(of: FormParameters.self, bufferingPolicy: .bufferingOldest(1))
        let state = Secret.make()
        let listener: Listener
        do {
            listener = try await Listener.bind(
                ListenerConfiguration(maximumBodyBytes: 1024, maximumConnections: 16, threads: 1),
                handler: LoopbackReturn(state: state, issuer: place.sendsIssuer ? place.issuer : nil, sink: sink)
            )
        } catch {
            throw .unreachable("No port of this machine can be used for the login: \(error)")
        }
        let answer: Result<(ClientTokens, String), LoginFault>
        do throws(LoginFault) {
            let redirectURI = "http://127.0.0.1:\(listener.port)\(LoopbackReturn.path)"
            let client = try await client(redirectURI)
            let verifier = Secret.make()
            let parameters = [
                (name: "response_type", value: "code"), (name: "client_id", value: client),
                (name: "redirect_uri", value: redirectURI), (name: "state", value: state),
                (name: "code_challenge", value: PKCE.challenge(of: verifier)),
                (name: "code_challenge_method", value: "S256"), (name: "resource", value: place.resource),
                (name: "scope", value: scopes.joined(separator: " ")),
            ].filter { !$0.value.isEmpty }
            show(RedirectURI.adding(parameters, to: endpoint))
            let code = try await code(from: returns)
            let form = [
                (name: "grant_type", value: "authorization_code"), (name: "code", value: code),
                (name: "redirect_uri", value: redirectURI), (name: "client_id", value: client),
                (name: "code_verifier", value: verifier), (name: "resource", value: place.resource),
            ]
            answer = .success((try await requests.tokens(form, at: place.tokenEndpoint), client))
        } catch {
            answer = .failure(error)
        }
        await listener.shutdown()
        let (tokens, client) = try answer.get()
        return (tokens, client)
    }

    private func code(from returns: AsyncStream<FormParameters>) async throws(LoginFault) -> String {
        let parameters = await withTaskGroup(of: FormParameters?.self) { group in
            group.addTask { await returns.first { _ in true } }
            group.addTask { [patience] in
                try? await Task.sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let parameters else { throw .refused("Nobody logged in in time; run the command again.") }
        guard let code = parameters["code"] else {
            let reason = parameters["error_description"] ?? parameters["error"] ?? "no code"
            throw .refused("The login did not work: \(reason.filter { !$0.isNewline })")
        }
        return code
    }
}

/// Takes the browser back: the one request that knows the state, and whose issuer is the one that was asked.
struct LoopbackReturn: HTTPHandler {
    static let path = "/callback"

    let state: String
    /// Nil when the server does not say who it is.
    let issuer: String?
    let sink: AsyncStream<FormParameters>.Continuation

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        guard request.method == "GET", request.path == Self.path,
            let parameters = try? FormParameters(request.query ?? ""),
            parameters["state"] == state, issuer == nil || parameters["iss"] == issuer
        else { return Self.page(404, "This is not the page you look for.") }
        defer { sink.yield(parameters) }
        guard parameters["code"] != nil else { return Self.page(200, "The login did not work. Go back to the shell.") }
        return Self.page(200, "You are logged in. Close this page, and go back to the shell.")
    }

    private static func page(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                HTTPField("Content-Type", "text/plain; charset=utf-8"), HTTPField("Cache-Control", "no-store"),
                HTTPField("X-Content-Type-Options", "nosniff"), HTTPField("Connection", "close"),
            ],
            body: .bytes(Array((text + "\n").utf8))
        )
    }
}

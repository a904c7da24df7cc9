package import GatewayCore

/// The logins of a person as programs use them: renewed when they run out, and ended.
package struct LoginSession: Sendable {
    /// How long a token must still hold to be used, in seconds.
    private static let margin: Int64 = 30

    private let folder: LoginFolder
    private let requests: TokenRequests
    private let clock: any WallClock

    package init(folder: LoginFolder, fetch: any HTTPFetch, clock: any WallClock) {
        self.folder = folder
        requests = TokenRequests(fetch: fetch)
        self.clock = clock
    }

    package func keep(_ login: StoredLogin) async throws(LoginFault) {
        try await folder.alone(with: login.url) { () throws(LoginFault) in try folder.keep(login) }
    }

    /// The login for a URL, renewed when it has run out or its token was refused; nil for none.
    ///
    /// Of several programs that find it run out one renews it, and the others use what that one got.
    package func login(for url: String, refused token: String? = nil) async throws(LoginFault) -> StoredLogin? {
        guard let login = try folder.login(for: url) else { return nil }
        if holds(login, but: token) { return login }
        return try await folder.alone(with: url) { () throws(LoginFault) -> StoredLogin? in
            guard let login = try folder.login(for: url) else { return nil }
            if holds(login, but: token) { return login }
            return try await renewed(login)
        }
    }

    /// Ends the login for a URL here and at the server.
    /// - Returns: whether there was one.
    package func end(_ url: String) async throws(LoginFault) -> Bool {
        try await folder.alone(with: url) { () throws(LoginFault) -> Bool in
            guard let login = try folder.login(for: url) else { return false }
            folder.remove(url)
            guard let endpoint = login.revocationEndpoint else { return true }
            let form = [
                (name: "token", value: login.refreshToken ?? login.accessToken),
                (name: "client_id", value: login.client),
            ]
            do throws(LoginFault) {
                // A server that does not know the token any more has nothing to end.
                _ = try await requests.post(form, to: endpoint)
            } catch {
                throw .unreachable("The login is gone from here, but the server does not know: \(error.sentence)")
            }
            return true
        }
    }

    private func holds(_ login: StoredLogin, but refused: String?) -> Bool {
        login.accessToken != refused && clock.now + Self.margin < login.expiresAt
    }

    private func renewed(_ login: StoredLogin) async throws(LoginFault) -> StoredLogin {
        let again = "log in again with: beamline login --url \(login.url)"
        guard let refreshToken = login.refreshToken else {
            throw .refused("The login has run out; \(again)")
        }
        let form = [
            (name: "grant_type", value: "refresh_token"), (name: "refresh_token", value: refreshToken),
            (name: "client_id", value: login.client), (name: "resource", value: login.resource),
        ]
        switch try await requests.post(form, to: login.tokenEndpoint) {
        case .refused(let refusal):
            throw .refused("The login has ended (\(refusal.sentence)) – \(again)")
        case .value(let value):
            var login = login
            login.adopt(try TokenRequests.tokens(value, login.tokenEndpoint), at: clock.now)
            try folder.keep(login)
            return login
        }
    }
}

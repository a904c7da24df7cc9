import ClientLogin

/// The token of a person's login, renewed when it is needed.
struct LoginCredential {
    private let url: String

    init(url: String) {
        self.url = url
    }

    /// The token; nil when nobody is logged in there.
    ///
    /// One that was refused is not given again.
    func token(refused: String? = nil) async throws -> String? {
        // Where there is no place for logins there are none.
        guard let logins = try? LoginOptions.Logins() else { return nil }
        do {
            do {
                let login = try await logins.session.login(for: url, refused: refused)
                await logins.fetch.shutdown()
                return login?.accessToken
            } catch {
                await logins.fetch.shutdown()
                throw error
            }
        } catch let fault as LoginFault {
            throw CommandFailure(fault)
        }
    }
}

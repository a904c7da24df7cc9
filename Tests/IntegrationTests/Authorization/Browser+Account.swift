import JSON
import TestSupport

/// What somebody does on the pages of their account.
extension Browser {
    /// Fills in one of the forms of a page.
    mutating func act(
        _ act: String,
        _ form: [String: String] = [:],
        on page: WireAnswer,
        _ fields: [String] = []
    ) async throws -> WireAnswer {
        guard let proof = Self.proof(in: page) else { throw SetupFailure("there is no form: \(page)") }
        return try await post("/account/\(act)", form.merging(["proof": proof]) { $1 }, fields)
    }

    /// Signs in: the answer to the return from the provider.
    mutating func signIn(at behaviour: FakeProvider.Behaviour) async throws -> WireAnswer {
        forget("beamline-session")
        let page = try await get("/account")
        return try await goThrough(try await act("sign-in", ["provider": behaviour.rawValue], on: page))
    }

    /// Asks to link a login, and logs in there: the answer to the return.
    mutating func link(_ behaviour: FakeProvider.Behaviour) async throws -> WireAnswer {
        let page = try await get("/account")
        return try await goThrough(try await act("link", ["provider": behaviour.rawValue], on: page))
    }

    /// Says that a link is meant.
    mutating func confirm(on page: WireAnswer) async throws -> WireAnswer {
        guard let ticket = Self.ticket(in: page) else { throw SetupFailure("nothing is asked: \(page)") }
        return try await act("confirm", ["ticket": ticket, "decision": "link"], on: page)
    }

    private mutating func goThrough(_ page: WireAnswer) async throws -> WireAnswer {
        guard let url = Self.refresh(in: page) else { throw SetupFailure("it leads nowhere: \(page)") }
        return try await get(Self.target(try await visitProvider(url)))
    }

    static func proof(in answer: WireAnswer) -> String? {
        answer.text.firstMatch(of: /name="proof" value="([^"]*)"/).map { String($0.output.1) }
    }

    static func grant(in answer: WireAnswer) -> String? {
        answer.text.firstMatch(of: /name="grant" value="([^"]*)"/).map { String($0.output.1) }
    }

    /// What a login is called in the form that unlinks it.
    static func handle(of label: String, in answer: WireAnswer) -> String? {
        answer.text.matches(of: /name="login" value="([^"]*)">\s*<button aria-label="Unlink ([^"]*)"/)
            .first { $0.output.2 == label }.map { String($0.output.1) }
    }
}

extension TestClient {
    /// The tokens of somebody who agrees in a browser in which they are signed in.
    func tokens(
        in browser: inout Browser,
        at behaviour: FakeProvider.Behaviour = .good,
        scope: String = "epic:read rubin:read"
    ) async throws -> (access: String, refresh: String) {
        let answer = try await browser.agree(query(["scope": scope]))
        guard let url = Browser.refresh(in: answer), let code = Form.query(of: url)["code"],
            let tokens = try await redeem(code).json, let access = tokens["access_token"]?.string,
            let refresh = tokens["refresh_token"]?.string
        else { throw SetupFailure("there are no tokens: \(answer)") }
        return (access, refresh)
    }
}

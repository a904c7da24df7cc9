import Foundation
import TestSupport

/// A person with a browser: keeps cookies, fills in forms, goes where pages and redirects lead.
struct Browser {
    /// What the provider calls the person; nil for the name that all share.
    var subject: String?
    /// Which gateway answers; of several with one address it may be another at each step.
    var site: LoginSite
    private(set) var cookies: [String: String] = [:]

    init(_ site: LoginSite, as subject: String? = nil) {
        self.site = site
        self.subject = subject
    }

    mutating func plant(_ cookie: String, _ value: String) { cookies[cookie] = value }

    mutating func forget(_ cookie: String) { cookies[cookie] = nil }

    mutating func get(_ path: String) async throws -> WireAnswer {
        keep(try await site.get(path, cookieFields))
    }

    mutating func post(_ path: String, _ form: [String: String], _ fields: [String] = []) async throws -> WireAnswer {
        keep(try await site.post(path, form, cookieFields + fields))
    }

    private var cookieFields: [String] {
        guard !cookies.isEmpty else { return [] }
        return ["Cookie: " + cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")]
    }

    private mutating func keep(_ answer: WireAnswer) -> WireAnswer {
        for line in answer.fields where line.lowercased().hasPrefix("set-cookie: ") {
            let pair = line.dropFirst("set-cookie: ".count).prefix { $0 != ";" }.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
        return answer
    }

    /// Follows a URL of the provider to where it sends the browser back.
    func visitProvider(_ url: String) async throws -> String {
        let person = subject.map { "&somebody=" + $0 } ?? ""
        let answer = try await WireConnection(port: site.provider.port)
            .exchange(WireRequest("GET", Self.target(url) + person).bytes(port: site.provider.port))
        guard answer.status == 302, let location = answer.field("Location") else {
            throw SetupFailure("the provider does not redirect: \(answer)")
        }
        return location
    }

    /// Begins a login and agrees: the chooser's page.
    mutating func agree(_ query: String, _ decision: String = "allow") async throws -> WireAnswer {
        let consent = try await get("/authorize?" + query)
        guard consent.status == 200, let ticket = Self.ticket(in: consent) else {
            throw SetupFailure("there is no consent page: \(consent)")
        }
        return try await post("/login/consent", ["ticket": ticket, "decision": decision])
    }

    /// Chooses a login on the chooser's page: the provider's URL.
    mutating func choose(_ behaviour: FakeProvider.Behaviour, on page: WireAnswer) async throws -> String {
        guard let ticket = Self.ticket(in: page) else { throw SetupFailure("this is no chooser: \(page)") }
        let answer = try await post("/login/choice", ["ticket": ticket, "provider": behaviour.rawValue])
        guard let url = Self.refresh(in: answer) else { throw SetupFailure("the choice leads nowhere: \(answer)") }
        return url
    }

    /// Goes the whole way: the last answer of the gateway.
    mutating func logIn(_ query: String, at behaviour: FakeProvider.Behaviour = .good) async throws -> WireAnswer {
        let chooser = try await agree(query)
        let callback = try await visitProvider(try await choose(behaviour, on: chooser))
        return try await get(Self.target(callback))
    }

    /// The hidden ticket of a form.
    static func ticket(in answer: WireAnswer) -> String? {
        answer.text.firstMatch(of: /name="ticket" value="([^"]*)"/).map { String($0.output.1) }
    }

    /// Where a page goes on by itself.
    static func refresh(in answer: WireAnswer) -> String? {
        answer.text.firstMatch(of: /http-equiv="refresh" content="0;url=([^"]*)"/)
            .map { String($0.output.1.replacing("&amp;", with: "&").replacing("&quot;", with: "\"")) }
    }

    /// Path and query of a URL.
    static func target(_ url: String) -> String {
        let rest = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last ?? ""
        return "/"
            + (rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first ?? "")
    }
}

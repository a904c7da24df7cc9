import AuthorizationServer
import GatewayCore
import HTTPServer

/// The cookies of the pages (RFC 6265bis): for this host alone, never for scripts.
///
/// Over `https` their names begin with `__Host-`, so that no other host of the domain can set them. A gateway on `http`
/// on one machine cannot have that; there the names are plain.
struct CookieJar: Sendable {
    private let prefix: String
    private let attributes: String

    init(isSecure: Bool) {
        prefix = isSecure ? "__Host-beamline-" : "beamline-"
        attributes = "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    /// What a browser sent; a cookie that is there twice counts as absent.
    func read(_ request: HTTPRequest) -> BrowserCookies {
        var values: [String: [String]] = [:]
        for line in request.headers.values("Cookie") {
            for pair in line.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                guard parts.count == 2, parts[0].hasPrefix(prefix) else { continue }
                values[String(parts[0].dropFirst(prefix.count)), default: []].append(String(parts[1]))
            }
        }
        func value(_ name: String) -> String? {
            guard let found = values[name], found.count == 1 else { return nil }
            return found[0]
        }
        return BrowserCookies(form: value("form"), login: value("login"), session: value("session"))
    }

    /// The fields by which a browser gets from some cookies to others.
    func fields(from old: BrowserCookies, to new: BrowserCookies, session lifetime: Int64) -> [HTTPField] {
        [
            field("form", old.form, new.form, 3600), field("login", old.login, new.login, 3600),
            field("session", old.session, new.session, lifetime),
        ].compactMap(\.self)
    }

    private func field(_ name: String, _ old: String?, _ new: String?, _ seconds: Int64) -> HTTPField? {
        guard old != new else { return nil }
        let (value, age) = (new ?? "", new == nil ? 0 : seconds)
        return HTTPField("Set-Cookie", "\(prefix)\(name)=\(value)\(attributes); Max-Age=\(age)")
    }
}

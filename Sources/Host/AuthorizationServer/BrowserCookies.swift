/// The three secrets a browser may hold, as it sent them or as it shall keep them.
package struct BrowserCookies: Hashable, Sendable {
    /// Binds forms to the browser that got them.
    package var form: String?
    /// Binds a login elsewhere to the browser in which somebody agreed to it; made only then.
    package var login: String?
    /// Somebody is logged in.
    package var session: String?

    package init(form: String? = nil, login: String? = nil, session: String? = nil) {
        self.form = form
        self.login = login
        self.session = session
    }
}

package import AuthorizationServer
package import GatewayCore
package import HTTPServer
import JSON

/// The authorization server over HTTP: its endpoints for clients and its pages for people.
package struct AuthorizationEndpoints: Sendable {
    let server: AuthorizationServer
    private let metadata: ServerMetadata
    let place: PublicPlace
    let jar: CookieJar
    /// What the front page leads to: the view of everything first.
    let views: [View]
    let offers: any OfferListing

    package init(
        _ server: AuthorizationServer,
        place: PublicPlace,
        views: [View],
        offers: any OfferListing
    ) {
        self.server = server
        self.place = place
        self.views = views
        self.offers = offers
        metadata = ServerMetadata(server.settings)
        jar = CookieJar(isSecure: place.isSecure)
    }

    /// Has people agree to calls on its pages.
    package var consents: any CallConsenting { server.consents }

    /// Remembers who must log in anew.
    package var demands: any LoginDemanding { server.demands }

    /// Answers a request; nil when its path is somebody else's.
    package func respond(to request: HTTPRequest) async -> HTTPResponse? {
        guard let route = AuthorizationRoute(request.path, prefix: place.prefix) else { return nil }
        // What everybody may read is never refused: some clients give up at anything but 200.
        guard route == .metadata || route == .keySet || place.isMeant(by: request) else {
            return .plain(421, "This host name is not served here.")
        }
        if route == .home { return await home(request) }
        if request.method == "OPTIONS", route.isOpen { return CrossOriginAnswer.preflight(route) }
        guard route.methods.contains(request.method) else {
            return .plain(405, "This method is not served here.", [HTTPField("Allow", Self.allowed(route))])
        }
        if request.method == "POST" {
            guard request.hasBody(of: route.bodyType) else {
                return .plain(415, "Send \(route.bodyType).", route.isOpen ? CrossOriginAnswer.fields : [])
            }
            guard route.isOpen || place.isOwn(origin: request) else {
                return .plain(403, "Forms of other sites are not taken here.")
            }
        }
        let response = await answer(request, route)
        return route.isOpen ? CrossOriginAnswer.open(response) : response
    }

    private static func allowed(_ route: AuthorizationRoute) -> String {
        (route.methods + (route.isOpen ? ["OPTIONS"] : [])).joined(separator: ", ")
    }

    private func answer(_ request: HTTPRequest, _ route: AuthorizationRoute) async -> HTTPResponse {
        let address = request.remoteAddress ?? "unknown"
        let authorization = request.headers.values("Authorization")
        switch route {
        case .metadata: return .document(metadata.bytes)
        case .keySet:
            return await json(authorization) { () throws(OAuthError) in .document(try await server.keySet()) }
        case .style: return StyleSheet.response
        case .token:
            return await json(authorization) { () throws(OAuthError) in
                .json(200, try await server.token(request.body, authorization: authorization, from: address))
            }
        case .deviceAuthorization:
            return await json(authorization) { () throws(OAuthError) in
                .json(200, try await server.device(request.body, authorization: authorization, from: address))
            }
        case .register:
            return await json([]) { () throws(OAuthError) in
                .json(201, try await server.register(request.body, from: address))
            }
        case .revoke:
            return await json(authorization) { () throws(OAuthError) in
                try await server.revoke(request.body, authorization: authorization, from: address)
                return HTTPResponse(status: 200, headers: [HTTPField("Cache-Control", "no-store")])
            }
        case .home: return await home(request)
        case .authorize, .callback, .consent, .choice, .password, .device, .account, .giveToken, .act, .call:
            return await page(request, route, address)
        }
    }

    private func json(
        _ authorization: [String],
        _ body: () async throws(OAuthError) -> HTTPResponse
    ) async -> HTTPResponse {
        do throws(OAuthError) {
            return try await body()
        } catch {
            return .refusal(error, authenticates: !authorization.isEmpty)
        }
    }

    // MARK: - Pages

    private func page(_ request: HTTPRequest, _ route: AuthorizationRoute, _ address: String) async -> HTTPResponse {
        let cookies = jar.read(request)
        let query = request.query ?? ""
        let step: BrowserStep
        switch (route, request.method) {
        case (.authorize, _): step = await server.authorize(query, cookies)
        case (.callback(let provider), _): step = await server.comeBack(from: provider, query, cookies)
        case (.consent, _): step = await server.decide(request.body, cookies)
        case (.choice, _): step = await server.choose(request.body, cookies)
        case (.password, _): step = await server.logIn(request.body, from: address, cookies)
        case (.call(let id), "POST"): return await answer(request, forCall: id, cookies)
        case (.call(let id), _): step = await server.showCall(id, cookies)
        case (.account, _): step = await server.account(cookies)
        case (.giveToken(let source), _): step = await server.showToken(source, cookies)
        case (.act(let act), _): step = await self.act(act, request.body, cookies)
        case (_, "POST"): return await deviceCode(request, cookies, address)
        default: return devicePage(query, cookies)
        }
        return show(step, cookies, afterForm: request.method == "POST")
    }

    private func show(_ step: BrowserStep, _ old: BrowserCookies, afterForm: Bool) -> HTTPResponse {
        var cookies = step.cookies
        switch step.page {
        // The form of somebody who is not logged in is bound to a cookie that says nothing else.
        case .callConsent, .signIn: cookies.form = FormProof.cookie(cookies.form)
        default: break
        }
        let fields = jar.fields(from: old, to: cookies, session: server.settings.lifetimes.session)
        let page: Page
        switch step.page {
        case .leave(let url) where !afterForm: return Self.redirect(url, fields)
        case .go(let target): return Self.redirect(place.root + target.rawValue, fields)
        case .callConsent(let view):
            page = CallConsentPage.page(view, proof: FormProof.proof(of: cookies.form ?? ""), root: place.root)
        case .leave(let url): page = Pages.leave(url)
        case .consent(let view): page = Pages.consent(view, root: place.root)
        case .chooser(let ticket, let choices): page = Pages.chooser(ticket, choices, root: place.root)
        case .password(let view): page = Pages.password(view, root: place.root)
        case .deviceAnswered(let isAllowed): page = Pages.deviceAnswered(isAllowed)
        case .noRole(let view): page = Pages.noRole(view, root: place.root)
        case .refused(let status, let title, let sentence): page = Pages.refused(title, sentence, status: status)
        case .signIn, .account, .confirmLink, .signedOut, .accountClosed, .giveToken, .turnedDown:
            page = accountPage(step.page, cookies)
        }
        return page.response(at: place, fields)
    }

    private func answer(
        _ request: HTTPRequest,
        forCall id: String,
        _ cookies: BrowserCookies
    ) async -> HTTPResponse {
        guard let form = provenForm(request, cookies) else {
            return Pages.refused("This page is too old", "Open the address again, and answer there.", status: 400)
                .response(at: place)
        }
        return show(await server.answer(form["decision"] ?? "", forCall: id, cookies), cookies, afterForm: true)
    }

    /// The form of a page of ours in the same browser; nil for any other.
    private func provenForm(_ request: HTTPRequest, _ cookies: BrowserCookies) -> FormParameters? {
        guard let text = String(validating: request.body, as: UTF8.self), let form = try? FormParameters(text),
            FormProof.holds(form["proof"], cookies.form)
        else { return nil }
        return form
    }

    private static func redirect(_ url: String, _ fields: [HTTPField]) -> HTTPResponse {
        HTTPResponse(status: 303, headers: [HTTPField("Location", url)] + Page.fields + fields)
    }

    private func devicePage(_ query: String, _ old: BrowserCookies) -> HTTPResponse {
        var cookies = old
        let form = FormProof.cookie(old.form)
        cookies.form = form
        let typed = (try? FormParameters(query))?["user_code"].flatMap(UserCode.plain).map(UserCode.shown) ?? ""
        return Pages.device(proof: FormProof.proof(of: form), userCode: typed, root: place.root)
            .response(at: place, jar.fields(from: old, to: cookies, session: 0))
    }

    private func deviceCode(_ request: HTTPRequest, _ cookies: BrowserCookies, _ address: String) async -> HTTPResponse
    {
        guard let form = provenForm(request, cookies) else {
            return Pages.refused("This page is too old", "Open it again, and type the code.", status: 400)
                .response(at: place)
        }
        let step = await server.enter(form["user_code"] ?? "", from: address, cookies)
        return show(step, cookies, afterForm: true)
    }
}

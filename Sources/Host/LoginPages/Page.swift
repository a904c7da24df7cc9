import GatewayCore
import HTTPServer

/// A page for people: complete without scripts, pictures or anything from elsewhere, and readable on a phone.
struct Page: Sendable {
    let title: String
    let body: HTML
    var status = 200
    /// Where the browser goes on by itself; a link in the body must lead there too.
    var continuesAt: String?

    /// The whole document; the style sheet lies below the public URL.
    func html(at place: PublicPlace) -> String {
        let notice: HTML = place.notice.map { #"<p class="notice">\#($0)</p>"# } ?? ""
        let refresh: HTML = continuesAt.map { #"<meta http-equiv="refresh" content="0;url=\#($0)">"# } ?? ""
        let document: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            \(refresh)
            <title>\(title) – Beamline</title>
            <link rel="stylesheet" href="\(place.root + StyleSheet.path)">
            </head>
            <body><main>
            \(notice)
            <h1>\(title)</h1>
            \(body)
            </main></body>
            </html>

            """
        return document.markup
    }

    /// Nobody may frame, keep or script the page, and forms go nowhere else (RFC 9700 section 4.16).
    static let fields = [
        HTTPField(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        ),
        HTTPField("X-Frame-Options", "DENY"),
        HTTPField("X-Content-Type-Options", "nosniff"),
        // Not `no-referrer`: with that, browsers hide the origin of our own forms from us as well.
        HTTPField("Referrer-Policy", "same-origin"),
        HTTPField("Cache-Control", "no-store"),
    ]

    func response(at place: PublicPlace, _ further: [HTTPField] = []) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [HTTPField("Content-Type", "text/html; charset=utf-8")] + Self.fields + further,
            body: .bytes(Array(html(at: place).utf8))
        )
    }
}

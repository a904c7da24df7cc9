import GatewayCore
import HTTPServer

/// How the pages look.
enum StyleSheet {
    static let path = "/login/style.css"

    private static let text = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; padding: 1rem; }
        main { max-width: 34rem; margin: 2rem auto; }
        h1 { font-size: 1.4rem; line-height: 1.25; }
        .place { font-size: 1.6rem; font-weight: 600; overflow-wrap: anywhere; margin: .25rem 0; }
        .note { border-left: .25rem solid #b26a00; padding: .25rem .75rem; }
        .code { font-family: ui-monospace, monospace; font-size: 1.6rem; letter-spacing: .15em; }
        form { margin: 1rem 0; }
        button, input { font: inherit; padding: .7rem 1rem; width: 100%; box-sizing: border-box; margin: .3rem 0; }
        button { cursor: pointer; border-radius: .4rem; border: 1px solid currentColor; background: transparent; }
        button.main { background: #0b5394; border-color: #0b5394; color: #fff; }
        li, dt, dd { overflow-wrap: anywhere; }

        """

    static let response = HTTPResponse(
        status: 200,
        headers: [
            HTTPField("Content-Type", "text/css; charset=utf-8"), HTTPField("X-Content-Type-Options", "nosniff"),
            HTTPField("Cache-Control", "public, max-age=3600"),
        ],
        body: .bytes(Array(text.utf8))
    )
}

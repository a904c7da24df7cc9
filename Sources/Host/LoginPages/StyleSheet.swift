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
        .notice { background: #b26a00; color: #fff; padding: .25rem .75rem; border-radius: .4rem; margin: 0 0 1.5rem; }
        .code { font-family: ui-monospace, monospace; font-size: 1.6rem; letter-spacing: .15em; }
        form { margin: 1rem 0; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
        h3 { font-size: 1rem; margin: 0 0 .5rem; }
        button, input, .button { font: inherit; padding: .7rem 1rem; width: 100%; box-sizing: border-box; margin: .3rem 0; }
        button, .button { cursor: pointer; border-radius: .4rem; border: 1px solid currentColor; background: transparent; }
        .button { display: block; text-align: center; text-decoration: none; color: inherit; }
        button.main, .button.main { background: #0b5394; border-color: #0b5394; color: #fff; }
        input[type=checkbox] { width: auto; margin: 0 .5rem 0 0; }
        .choice { display: block; margin: .5rem 0; }
        .card { border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: .4rem;
          padding: .75rem 1rem; margin: .75rem 0; }
        .card > :last-child { margin-bottom: 0; }
        .card form { margin: .5rem 0 0; }
        .words { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem .75rem; margin: .25rem 0; }
        p, li, dt, dd, h1, h3, summary { overflow-wrap: anywhere; }
        dt { font-weight: 600; margin-top: .5rem; }
        dd { margin: 0; }
        code, pre, .copy { font-family: ui-monospace, monospace; font-size: .9em; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .5rem .75rem;
          background: color-mix(in srgb, currentColor 8%, transparent); border-radius: .4rem; }
        .copy { user-select: all; }
        details { margin: .5rem 0; }
        summary { cursor: pointer; padding: .35rem 0; }

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

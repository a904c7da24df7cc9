import AuthorizationServer
import GatewayCore

/// The page on which a person agrees to one of their calls.
///
/// No button is chosen beforehand. What the call, its client and its plugin say is text, with what would be hidden
/// written out.
enum CallConsentPage {
    static func page(_ view: CallConsentView, proof: String, root: String) -> Page {
        switch view.state {
        case .waiting: return Page(title: "Allow this call?", body: question(view, proof: proof, root: root))
        case .approved:
            return Page(
                title: "The call is allowed",
                body: """
                    <p>Go back to the application, and have it make the same call again. It is carried out once.</p>
                    \(call(view))
                    """
            )
        case .refused:
            return Page(
                title: "The call is refused",
                body: "<p>Nothing was carried out. You can close this page.</p>\(call(view))"
            )
        case .made:
            return Page(
                title: "The call was made",
                body: "<p>You allowed it, and it was carried out once. You can close this page.</p>\(call(view))"
            )
        }
    }

    private static func question(_ view: CallConsentView, proof: String, root: String) -> HTML {
        """
        <p>\(view.sheet.question)</p>
        \(call(view))
        \(client(view))
        <p>You are logged in as <strong>\(view.username)</strong>.</p>
        <form method="post" action="\(root + CallConsents.path + view.id)">
        <input type="hidden" name="proof" value="\(proof)">
        <button name="decision" value="approve">Allow this one call</button>
        <button name="decision" value="refuse">Do not allow</button>
        </form>
        """
    }

    private static func call(_ view: CallConsentView) -> HTML {
        let lines = HTML(
            view.sheet.arguments.map { "<dt><code>\($0.name)</code></dt><dd><code>\($0.value)</code></dd>" as HTML }
        )
        let arguments: HTML =
            view.sheet.arguments.isEmpty ? "<p>It has no arguments.</p>" : "<p>Its arguments:</p><dl>\(lines)</dl>"
        return """
            <p>Experiment: <strong>\(view.experiment)</strong><br>
            What is called: <strong>\(view.item)</strong></p>
            \(arguments)
            """
    }

    private static func client(_ view: CallConsentView) -> HTML {
        guard let client = view.client else { return "" }
        let trust: HTML =
            switch view.clientTrust {
            case .known: " (known to the operators of this server)"
            case .host(let host): " (published by \(host))"
            case .unverified, nil: " (nobody has checked this name)"
            }
        return """
            <p>The application that asks: <strong>\(client)</strong>\(trust). Allow the call only if you wanted it.</p>
            """
    }
}

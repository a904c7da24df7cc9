import AuthorizationServer

/// Which groups would let somebody in, and whom they ask for it.
enum WayInText {
    /// A site may have a group for every institute; nobody reads more than this.
    private static let shownGroups = 20

    /// What is missing and what to do, as paragraphs.
    static func sentences(_ way: WayIn) -> HTML {
        guard !way.admissions.isEmpty else {
            return """
                <p>This server knows no group at \(way.label) yet. Tell the operators of this server which group of \
                your collaboration should have a role.</p>
                """
        }
        return """
            <p>One of these groups at \(way.label) is missing:</p>
            \(groups(way.admissions))
            <p>\(whom(way))</p>
            """
    }

    /// Groups with what each gives, in the order of the first role of each.
    static func groups(_ admissions: [Admission]) -> HTML {
        var groups: [(name: String, roles: [String])] = []
        for admission in admissions {
            if let position = groups.firstIndex(where: { $0.name == admission.group }) {
                groups[position].roles.append(admission.role)
            } else {
                groups.append((admission.group, [admission.role]))
            }
        }
        let lines = groups.prefix(shownGroups).map { group -> HTML in
            let roles = group.roles.dropFirst().reduce("<code>\(group.roles[0])</code>" as HTML) {
                "\($0), <code>\($1)</code>"
            }
            return "<li><code>\(group.name)</code>, which gives \(roles)</li>"
        }
        let more: HTML =
            groups.count <= shownGroups ? "" : "<li>\(String(groups.count - shownGroups)) more</li>"
        return "<ul>\(HTML(lines))\(more)</ul>"
    }

    /// Whom to ask, in one sentence.
    static func whom(_ way: WayIn) -> HTML {
        guard let contact = way.contact, !contact.isEmpty else {
            return "Ask those who manage the groups of your collaboration to add you, and log in again then."
        }
        return "To be added, ask \(link(contact)), and log in again then."
    }

    /// A contact as a link, where it is clearly an address; else as it is.
    private static func link(_ contact: String) -> HTML {
        let isOneWord = !contact.contains { $0.isWhitespace }
        if isOneWord, contact.hasPrefix("https://") {
            return #"<a rel="noreferrer" href="\#(contact)">\#(contact)</a>"#
        }
        if isOneWord, !contact.contains(":"), contact.split(separator: "@", omittingEmptySubsequences: false).count == 2
        {
            return #"<a href="mailto:\#(contact)">\#(contact)</a>"#
        }
        return "\(contact)"
    }
}

import AuthorizationServer

/// What clients and browsers send to the authorization server is refused or understood in one way only.
enum FormProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return fault(inForm: text) ?? fault(inRedirect: text) ?? fault(inCode: text) ?? fault(inCredential: text)
    }

    private static func fault(inForm text: String) -> String? {
        let field = [(name: "text", value: text)]
        let encoded = FormParameters.encode(field)
        guard encoded.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "&") }) else {
            return "an encoded text can end its field"
        }
        if let read = try? FormParameters(encoded), let value = read["text"], !value.utf8.elementsEqual(text.utf8) {
            return "a text does not come back from a form"
        }
        guard let form = try? FormParameters(text) else { return nil }
        for name in ["client_id", "redirect_uri", "state"] {
            guard let value = form[name] else { continue }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return "a control character is taken" }
            guard (try? FormParameters(FormParameters.encode([(name: name, value: value)])))?[name] == value else {
                return "a parameter that was read cannot be written"
            }
        }
        return nil
    }

    private static func fault(inRedirect text: String) -> String? {
        guard RedirectURI.isAcceptable(text, privateUse: []) else { return nil }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return "a redirect URI is not plain ASCII" }
        guard text.hasPrefix("https://") || RedirectURI.isLoopback(text) else { return "a redirect URI is not safe" }
        guard RedirectURI.matches(text, registered: text) else { return "a redirect URI is not its own" }
        guard !RedirectURI.matches(text + "x", registered: text) || RedirectURI.isLoopback(text) else {
            return "a redirect URI is another's"
        }
        let host = RedirectURI.host(of: text)
        guard !host.isEmpty, text.contains("//\(host)") else { return "the host that is shown is another" }
        return RedirectURI.adding([(name: "code", value: "c")], to: text).hasPrefix(text)
            ? nil : "a redirect URI is changed"
    }

    private static func fault(inCode text: String) -> String? {
        guard let plain = UserCode.plain(text) else { return nil }
        return UserCode.plain(UserCode.shown(plain)) == plain ? nil : "a code does not come back"
    }

    private static func fault(inCredential text: String) -> String? {
        guard let form = try? FormParameters(text) else { return nil }
        for fields in [[], [text], ["Basic " + text]] {
            guard let credential = try? ClientCredential(authorization: fields, form) else { continue }
            guard !credential.client.isEmpty else { return "a client has no name" }
            if !fields.isEmpty, credential.proof == .none { return "a credential in a header proves nothing" }
        }
        return nil
    }
}

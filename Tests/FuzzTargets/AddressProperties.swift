import GatewayCore

/// What a template takes out of an address lies in it, and a namespace is taken off as it was put on.
enum AddressProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        guard let (template, uri) = parts(of: bytes) else { return nil }
        // An interface has two addresses and gets one.
        if let (namespace, local) = OutsideURI.split(uri),
            OutsideURI.isInterface(uri) || !OutsideURI.isInterface(local),
            OutsideURI.outside(local, of: namespace) != uri
        {
            return "an address is not put together again"
        }
        if OutsideURI.isLocal(uri) {
            guard let (namespace, local) = OutsideURI.split(OutsideURI.outside(uri, of: "epic")), namespace == "epic",
                local == uri
            else { return "a local address is lost outside" }
        }
        guard let template = try? URITemplate(template), let values = template.match(uri) else { return nil }
        for (name, value) in values {
            guard template.variables.contains(name) else { return "a variable is not the template's" }
            guard !value.isEmpty else { return "a variable is empty" }
        }
        return nil
    }
}

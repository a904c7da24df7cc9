/// The parameters of a `WWW-Authenticate` field of scheme `Bearer` (RFC 9110 section 11.6.1, RFC 6750 section 3).
package enum ChallengeParameters {
    /// The parameters by their names in small letters; empty for another scheme.
    package static func read(_ field: String) -> [String: String] {
        var rest = Substring(field)
        guard take(while: { $0 != " " }, from: &rest).lowercased() == "bearer" else { return [:] }
        var parameters: [String: String] = [:]
        while true {
            rest = rest.drop { $0 == " " || $0 == "," || $0 == "\t" }
            let name = take(while: { $0 != "=" && $0 != "," && $0 != " " }, from: &rest).lowercased()
            guard !name.isEmpty, rest.first == "=" else { return parameters }
            rest = rest.dropFirst()
            parameters[name] = rest.first == "\"" ? quoted(&rest) : String(take(while: { $0 != "," }, from: &rest))
        }
    }

    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return value
    }

    private static func take(while isPart: (Character) -> Bool, from rest: inout Substring) -> Substring {
        let part = rest.prefix(while: isPart)
        rest = rest[part.endIndex...]
        return part
    }
}

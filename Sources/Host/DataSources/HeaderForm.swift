internal import GatewayCore

/// The form of header fields between a plugin and any driver; which ones pass is for the driver to say.
enum HeaderForm {
    /// Checks what a plugin wants to send: names and values as RFC 9110 section 5 has them, none of the reserved.
    static func check(_ fields: [HTTPField]) throws(ServiceFailure) {
        for field in fields {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(isTokenByte) else {
                throw ServiceFailure(.invalidArgument, "\"headers\" holds a name that is no HTTP field name.")
            }
            guard !field.isReserved else {
                throw ServiceFailure(.invalidArgument, "The header \"\(field.name)\" is set by the gateway alone.")
            }
            guard field.value.utf8.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
                throw ServiceFailure(.invalidArgument, "The header \"\(field.name)\" holds a control character.")
            }
        }
    }

    /// The fields of an answer as members of one object: names in lower case, repeated ones joined with a comma, none
    /// of the reserved.
    static func passedOn(_ fields: [HTTPField]) -> [HTTPField] {
        var names: [String] = []
        var values: [String: String] = [:]
        for field in fields where !field.isReserved {
            let name = field.name.lowercased()
            if let earlier = values[name] {
                values[name] = earlier + ", " + field.value
            } else {
                names.append(name)
                values[name] = field.value
            }
        }
        return names.map { HTTPField($0, values[$0] ?? "") }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

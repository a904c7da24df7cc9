import GatewayCore

/// The rules for names that clients see.
package enum Naming {
    /// The longest outside name of a tool: clients put a prefix of their own before it, and models take 64 characters.
    package static let longestOutsideName = 48
    /// The namespace of the gateway's own tools.
    package static let reservedNamespace = ItemReference.gatewayNamespace
    /// How long a namespace is.
    private static let namespaceLengths = 2...16

    /// Why a namespace is refused, nil when it is not.
    static func refusal(ofNamespace namespace: String) -> CatalogRefusal.Reason? {
        let bytes = namespace.utf8
        guard namespaceLengths.contains(bytes.count), bytes.first.map(isSmallLetter) ?? false,
            bytes.allSatisfy({ isSmallLetter($0) || isDigit($0) })
        else { return .namespaceMalformed }
        return namespace == reservedNamespace ? .namespaceReserved : nil
    }

    /// Why a tool's local name is refused, nil when it is not.
    static func refusal(ofTool localName: String, in namespace: String) -> CatalogRefusal.Reason? {
        guard !localName.isEmpty, localName.utf8.allSatisfy(isNameCharacter) else { return .nameMalformed }
        // A view without prefixes shows it beside the gateway's own.
        guard !localName.hasPrefix(reservedNamespace + "_") else { return .nameReserved }
        let length = namespace.utf8.count + 1 + localName.utf8.count
        return length <= longestOutsideName ? nil : .nameTooLong(limit: longestOutsideName)
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        isSmallLetter(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isSmallLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

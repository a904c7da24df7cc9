package import GatewayCore
package import JSON
package import PluginRuntime

/// What a plugin says of itself, read without running it.
package struct PluginManifest: Hashable, Sendable {
    /// A source a plugin asks the site for.
    package struct SourceNeed: Hashable, Sendable {
        package let name: String
        package let kind: SourceKind
        package let isRequired: Bool

        package init(name: String, kind: SourceKind, isRequired: Bool) {
            self.name = name
            self.kind = kind
            self.isRequired = isRequired
        }
    }

    /// A source a plugin answers for itself.
    package struct SourceOffer: Hashable, Sendable {
        package let name: String
        package let kind: SourceKind

        package init(name: String, kind: SourceKind) {
            self.name = name
            self.kind = kind
        }
    }

    /// Such as `org.epic.tools`.
    package let id: String
    package let version: String
    /// The namespace its author proposes; the site may give another.
    package let namespace: String
    package let execution: PluginExecution
    package let tools: [ToolDescription]
    /// Resources, templates and prompts.
    package let items: [ItemDescription]
    package let auth: AuthDeclaration
    package let sources: [SourceNeed]
    package let provides: [SourceOffer]
    /// The collections of documents it wants to search.
    package let documents: [DocumentDeclaration]
    /// Which questions its tools answer.
    package let routing: RoutingDeclaration
    /// The JSON Schema of its configuration; nil when it takes any.
    package let configurationSchema: JSONValue?

    /// Whether a word may be a namespace: `[a-z][a-z0-9]{1,15}`, and not `beamline`.
    package static func isNamespace(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        guard (2...16).contains(bytes.count), word != "beamline" else { return false }
        return isLowerCase(bytes[0]) && bytes.allSatisfy { isLowerCase($0) || isDigit($0) }
    }

    /// Whether a word may be a tool's outside name: `[A-Za-z0-9_-]{1,48}`.
    package static func isOutsideName(_ word: String) -> Bool {
        (1...48).contains(word.utf8.count) && word.utf8.allSatisfy(isNameByte)
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        isLowerCase(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isLowerCase(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// Everything wrong with a manifest, each fault with its place.
package struct PluginManifestError: Error, Hashable, Sendable, CustomStringConvertible {
    package struct Fault: Hashable, Sendable {
        /// A JSON Pointer (RFC 6901); empty for the whole document.
        package let pointer: String
        package let message: String

        package init(_ pointer: String, _ message: String) {
            self.pointer = pointer
            self.message = message
        }
    }

    package let faults: [Fault]

    package init(faults: [Fault]) {
        self.faults = faults
    }

    package var description: String {
        faults.map { "\($0.pointer.isEmpty ? "/" : $0.pointer): \($0.message)" }.joined(separator: "; ")
    }
}

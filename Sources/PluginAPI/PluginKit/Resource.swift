public import JSON

/// Something a client can read by its address: one text or file, or one of many that a template describes.
public protocol Resource: Sendable {
    /// Address, purpose and type; part of the plugin's manifest.
    static var description: ResourceDescription { get }

    /// Reads what the address names.
    /// - Throws: `ToolError`; with `notFound` the client is told that there is no such resource.
    func read(_ request: ResourceRequest, in context: CallContext) async throws(ToolError) -> ResourceContent
}

/// What a client is told about a resource.
public struct ResourceDescription: Hashable, Sendable {
    /// The address, such as `panda://about`, or a template (RFC 6570) such as `panda://job/{id}`.
    ///
    /// Outside the host puts the namespace before it.
    public let uri: String
    /// A short name.
    public let name: String
    /// A short name for people.
    public let title: String
    /// What is there and when to read it.
    public let summary: String
    /// The type of the content, such as `application/json`.
    public let mimeType: String
    /// Pictures that clients may show, one in several sizes or for several backgrounds.
    public let icons: [Icon]
    /// What clients are given as `_meta`, in lists and with the content: an object, such as `["ui": ["prefersBorder": true]]`.
    public let metadata: JSONValue?

    /// Creates a description.
    public init(
        uri: String,
        name: String,
        title: String,
        summary: String,
        mimeType: String,
        icons: [Icon] = [],
        metadata: JSONValue? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.summary = summary
        self.mimeType = mimeType
        self.icons = icons
        self.metadata = metadata
    }

    /// Whether the address has variables.
    public var isTemplate: Bool { uri.utf8.contains(UInt8(ascii: "{")) }
}

/// What a client asks for.
public struct ResourceRequest: Hashable, Sendable {
    /// The whole address.
    public let uri: String
    /// The values of the template's variables, percent-encoding removed.
    public let variables: [String: String]

    /// Creates a request.
    public init(uri: String, variables: [String: String] = [:]) {
        self.uri = uri
        self.variables = variables
    }
}

/// What a resource holds.
public enum ResourceContent: Hashable, Sendable {
    /// UTF-8 text of the type that the description says.
    case text(String)
    /// Bytes of the type that the description says.
    case bytes([UInt8])
}

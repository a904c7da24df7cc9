public import JSON

/// A plugin's description of itself; the host lists and authorises by it without running plugin code.
public struct Manifest: Hashable, Sendable {
    /// Reverse-domain name of the plugin, for ever the same.
    public let id: String
    /// The plugin's own version.
    public let version: String
    /// The namespace it would like; the site decides.
    public let namespace: String
    /// What kind of care its calls need.
    public let execution: Execution
    /// The tools it always has.
    public let tools: [ToolDescription]
    /// The resources and templates it always has.
    public let resources: [ResourceDescription]
    /// The prompts it always has.
    public let prompts: [PromptDescription]
    /// The data sources it asks for by name.
    public let sources: [SourceRequirement]
    /// The data sources it answers for itself, for whoever the site binds them to.
    public let provides: [SourceOffer]
    /// The collections of documents it wants to search.
    public let documents: [DocumentCollection]
    /// Which questions its tools answer.
    public let routing: Routing
    /// Who may see and call what.
    public let auth: AuthRules
    /// The schema of the instance configuration, when there is one.
    public let configuration: Schema?

    /// Creates a manifest.
    public init(
        id: String,
        version: String,
        namespace: String,
        execution: Execution = Execution(),
        tools: [ToolDescription],
        resources: [ResourceDescription] = [],
        prompts: [PromptDescription] = [],
        sources: [SourceRequirement] = [],
        provides: [SourceOffer] = [],
        documents: [DocumentCollection] = [],
        routing: Routing = Routing(),
        auth: AuthRules,
        configuration: Schema? = nil
    ) {
        self.id = id
        self.version = version
        self.namespace = namespace
        self.execution = execution
        self.tools = tools
        self.resources = resources
        self.prompts = prompts
        self.sources = sources
        self.provides = provides
        self.documents = documents
        self.routing = routing
        self.auth = auth
        self.configuration = configuration
    }

    /// The manifest as JSON, keys in a fixed order: the same bytes in the file and in the binary.
    public var document: JSONValue {
        var document = JSONObject()
        document["schema"] = "beamline.manifest/1"
        document["id"] = .string(id)
        document["version"] = .string(version)
        document["namespace"] = .string(namespace)
        document["abi"] = ["major": 1, "min_minor": 0]
        document["execution"] = execution.document
        document["tools"] = .array(tools.map(\.document))
        document["resources"] = .array(resources.filter { !$0.isTemplate }.map { $0.document("uri") })
        document["resourceTemplates"] = .array(resources.filter(\.isTemplate).map { $0.document("uriTemplate") })
        document["prompts"] = .array(prompts.map(\.document))
        document["sources"] = .array(sources.map(\.document))
        if !provides.isEmpty { document["provides"] = .array(provides.map(\.document)) }
        if !documents.isEmpty { document["documents"] = .array(documents.map(\.document)) }
        if let routing = routing.document { document["routing"] = routing }
        document["auth"] = auth.document
        document["configSchema"] = configuration?.document ?? ["type": "object", "additionalProperties": false]
        return .object(document)
    }
}

/// How the host runs a plugin's calls.
public struct Execution: Hashable, Sendable {
    /// How many calls may be open at once.
    public let concurrency: Int
    /// How long starting may take, in milliseconds.
    public let startTimeoutMilliseconds: Int
    /// How much memory it needs as a worker, in MiB.
    public let memoryMebibytes: Int

    /// Creates settings; the defaults suit a plugin that mostly waits for its sources.
    public init(concurrency: Int = 64, startTimeoutMilliseconds: Int = 10_000, memoryMebibytes: Int = 512) {
        self.concurrency = concurrency
        self.startTimeoutMilliseconds = startTimeoutMilliseconds
        self.memoryMebibytes = memoryMebibytes
    }

    var document: JSONValue {
        [
            "concurrency": .integer(concurrency),
            "blocking": false,
            "start_timeout_ms": .integer(startTimeoutMilliseconds),
            "memory_mb": .integer(memoryMebibytes),
        ]
    }
}

/// A data source a plugin asks for; the site binds the name to one of its own.
public struct SourceRequirement: Hashable, Sendable {
    /// The kinds of source.
    public enum Kind: String, Hashable, Sendable {
        case sql, http, message, file, custom
    }

    /// The plugin's name for it.
    public let name: String
    /// What it must be able to do.
    public let kind: Kind
    /// Whether the plugin is of no use without it.
    public let isRequired: Bool

    /// Creates a requirement.
    public init(_ name: String, _ kind: Kind, isRequired: Bool = true) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
    }

    var document: JSONValue {
        ["name": .string(name), "kind": .string(kind.rawValue), "required": .bool(isRequired)]
    }
}

extension ResourceDescription {
    func document(_ key: String) -> JSONValue {
        var object = JSONObject()
        object[key] = .string(uri)
        object["name"] = .string(name)
        object["title"] = .string(title)
        object["description"] = .string(summary)
        object["mimeType"] = .string(mimeType)
        object.add(icons: icons, metadata: metadata)
        return .object(object)
    }
}

extension PromptDescription {
    var document: JSONValue {
        var object = JSONObject()
        object["name"] = .string(name)
        object["title"] = .string(title)
        object["description"] = .string(summary)
        object["arguments"] = .array(
            arguments.map {
                ["name": .string($0.name), "description": .string($0.summary), "required": .bool($0.isRequired)]
            }
        )
        object.add(icons: icons, metadata: metadata)
        return .object(object)
    }
}

extension ToolDescription {
    var document: JSONValue {
        var object = JSONObject()
        object["name"] = .string(name)
        object["title"] = .string(title)
        object["description"] = .string(summary)
        object["inputSchema"] = input.document
        object["outputSchema"] = output?.document
        object["annotations"] = effect.annotations
        object.add(icons: icons, metadata: metadata)
        object["timeout_ms"] = timeoutMilliseconds.map(JSONValue.integer)
        return .object(object)
    }
}

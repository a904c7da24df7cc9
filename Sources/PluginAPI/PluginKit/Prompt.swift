public import JSON

/// A question prepared by the experiment: a client shows it, fills in the arguments and hands it to a model.
public protocol Prompt: Sendable {
    /// Name, purpose and arguments; part of the plugin's manifest.
    static var description: PromptDescription { get }

    /// The messages for some arguments; the required ones are there.
    func messages(_ arguments: [String: String], in context: CallContext) async throws(ToolError) -> [PromptMessage]

    /// Values for an argument that begin as given, best first; at most 100 are shown.
    func values(
        of argument: String,
        beginning: String,
        given: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [String]
}

extension Prompt {
    /// No values are known.
    public func values(
        of argument: String,
        beginning: String,
        given: [String: String],
        in context: CallContext
    ) async throws(ToolError) -> [String] { [] }
}

/// What a client is told about a prompt.
public struct PromptDescription: Hashable, Sendable {
    /// A value the prompt needs or takes.
    public struct Argument: Hashable, Sendable {
        /// The argument's name.
        public let name: String
        /// What to put there.
        public let summary: String
        /// Whether there is no prompt without it.
        public let isRequired: Bool

        /// Creates an argument.
        public init(_ name: String, _ summary: String, isRequired: Bool = true) {
            self.name = name
            self.summary = summary
            self.isRequired = isRequired
        }
    }

    /// The local name: `[A-Za-z0-9_-]`, without the namespace.
    public let name: String
    /// A short name for people.
    public let title: String
    /// What the prompt is for.
    public let summary: String
    /// What it takes, in the order shown.
    public let arguments: [Argument]
    /// Pictures that clients may show, one in several sizes or for several backgrounds.
    public let icons: [Icon]
    /// What clients are given as `_meta`: an object.
    public let metadata: JSONValue?

    /// Creates a description.
    public init(
        name: String,
        title: String,
        summary: String,
        arguments: [Argument] = [],
        icons: [Icon] = [],
        metadata: JSONValue? = nil
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.arguments = arguments
        self.icons = icons
        self.metadata = metadata
    }
}

/// One message of a prompt.
public struct PromptMessage: Hashable, Sendable {
    /// Who says it.
    public enum Role: String, Hashable, Sendable {
        case user, assistant
    }

    /// Who says it.
    public let role: Role
    /// What is said or shown.
    public let content: ContentBlock

    /// Creates a message of text.
    public init(_ role: Role, _ text: String) {
        self.init(role, .text(text))
    }

    /// Creates a message.
    public init(_ role: Role, _ content: ContentBlock) {
        self.role = role
        self.content = content
    }
}

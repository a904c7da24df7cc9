/// What an experiment contributes, as one type; the plugin's entry file names it and does nothing else.
public protocol Plugin: Sendable {
    /// The instance configuration of the site; `NoConfiguration` when there is none.
    associatedtype Configuration: Decodable & Sendable = NoConfiguration

    /// Who the plugin is, what it needs and what may be called by whom.
    static var manifest: Manifest { get }

    /// Creates an instance; called within 50 ms and without I/O.
    /// - Throws: `ToolError`, whose message goes to the operator.
    init(configuration: Configuration) throws(ToolError)

    /// The tools, one for each description of the manifest, under the same names.
    var tools: [any Tool] { get }

    /// The resources, one for each description of the manifest, under the same addresses; none without saying so.
    var resources: [any Resource] { get }

    /// The prompts, one for each description of the manifest, under the same names; none without saying so.
    var prompts: [any Prompt] { get }

    /// Tools beyond those of the manifest, as they are now; none without saying so.
    ///
    /// A rule of the manifest must match each. What is offered may change while the plugin runs; then say so with
    /// ``CallContext/announce(_:)``.
    var furtherTools: [any Tool] { get }

    /// Resources beyond those of the manifest, as they are now; none without saying so.
    var furtherResources: [any Resource] { get }

    /// Prompts beyond those of the manifest, as they are now; none without saying so.
    var furtherPrompts: [any Prompt] { get }

    /// The data sources it answers for, one for each of the manifest's `provides`; none without saying so.
    var providedSources: [any ProvidedSource] { get }

    /// Says whether a call may be made that a narrowed rule allows; no without saying so.
    ///
    /// Asked before each call of such a rule's items, after the caller's roles and scopes and the arguments were found
    /// good, with 2 s for the answer by the gateway's default. It can take away only: what the rule does not allow is
    /// never asked about. An error or no answer in time is a no.
    func authorize(_ request: AuthorizationRequest, in context: CallContext) async throws(ToolError) -> Authorization
}

extension Plugin {
    /// No resources.
    public var resources: [any Resource] { [] }

    /// No prompts.
    public var prompts: [any Prompt] { [] }

    /// No further tools.
    public var furtherTools: [any Tool] { [] }

    /// No further resources.
    public var furtherResources: [any Resource] { [] }

    /// No further prompts.
    public var furtherPrompts: [any Prompt] { [] }

    /// No sources of its own.
    public var providedSources: [any ProvidedSource] { [] }

    /// Refuses: a rule that leaves the last word to the plugin needs one that has it.
    public func authorize(
        _ request: AuthorizationRequest,
        in context: CallContext
    ) async throws(ToolError) -> Authorization {
        .refused("This experiment's plugin does not say who may make this call.")
    }
}

/// For plugins that have nothing to configure.
public struct NoConfiguration: Codable, Hashable, Sendable {
    /// Creates the empty configuration.
    public init() {}
}

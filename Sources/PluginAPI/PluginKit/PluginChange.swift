/// What has become another while a plugin runs.
public enum PluginChange: Hashable, Sendable {
    /// The tools beyond those of the manifest.
    case tools
    /// The resources and templates beyond those of the manifest.
    case resources
    /// The prompts beyond those of the manifest.
    case prompts
    /// What the resource at a local address holds.
    case resource(String)
}

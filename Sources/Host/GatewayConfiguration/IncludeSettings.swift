/// One of `include`: a file that belongs to some namespaces and may say nothing about others.
package struct IncludeSettings: Hashable, Sendable {
    package var path = ""
    /// The namespaces the file is for.
    package var owns: [String] = []
    package var place: ConfigurationPlace
}

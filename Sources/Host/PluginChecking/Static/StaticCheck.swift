import PluginHosting

/// A check of the library's file; none of its code runs.
struct StaticCheck: Sendable {
    let name: String
    let subject: String
    let findings: @Sendable (ELFLibrary, CheckSettings) -> [Finding]

    /// All of them, in the order of the report.
    static let all: [StaticCheck] = [
        .exports, .libraries, .searchPath, .textRelocations, .executableStack, .readOnlyTables, .noUnloading,
        .unresolved, .symbolVersions,
    ]
}

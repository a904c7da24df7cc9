import Foundation
import PluginFixtures
import TestSupport

/// What may be wrong with a plugin's file.
enum BrokenPlugin: String, CaseIterable, Sendable {
    case missing
    case truncated
    case text
    case otherMajor
    case oddRules

    /// Words of the reason an operator reads.
    var reason: String {
        switch self {
        case .missing: "cannot be read"
        case .truncated: "cut short"
        case .text: "no ELF library"
        case .otherMajor: "major 2"
        case .oddRules: "auth rules"
        }
    }

    /// Makes the file, or only its path.
    func library() async throws -> String {
        if self == .otherMajor { return try await FixtureLibrary.shared.path(of: "wrong_major") }
        if self == .oddRules { return try await FixtureLibrary.shared.path(of: "odd_rules") }
        let path = try RunFolder.current.subfolder("plugin") + "/libBroken.so"
        switch self {
        case .missing, .otherMajor, .oddRules: break
        case .truncated:
            let whole = try Data(contentsOf: URL(fileURLWithPath: BuiltPrograms.path(of: "libATLAS.so")))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: path))
        case .text: try Data("This is not a plugin.\n".utf8).write(to: URL(fileURLWithPath: path))
        }
        return path
    }

    /// A site whose ATLAS plugin is broken.
    func settings() async throws -> SiteSettings {
        var settings = SiteSettings()
        settings.libraries["atlas"] = try await library()
        return settings
    }
}

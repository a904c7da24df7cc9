import LocalFiles

/// Where a plugin comes from, as far as it was verified; what the site's trust in it rests on.
package enum PluginOrigin: Hashable, Sendable {
    /// It lies in the program's own folder, which nobody but the program's owner may write.
    case shipped
    /// A library by itself.
    case library
    case bundle(SignatureState)

    /// Whether it may run inside the gateway's process where the site does not say: it is shipped, or signed by a key
    /// of `trust.in_process`.
    package var isTrustedInProcess: Bool {
        switch self {
        case .shipped, .bundle(.signed(_, isTrustedInProcess: true)): true
        case .library, .bundle: false
        }
    }

    /// Whether it came with the program, so that a new version of it is the site's own decision.
    package var isShipped: Bool { self == .shipped }

    /// The running program.
    package static let program = "/proc/self/exe"

    private static func folder(of path: String) -> Substring { path[..<(path.lastIndex(of: "/") ?? path.startIndex)] }

    /// The origin of a library by itself; blocks for a moment.
    package static func ofLibrary(_ path: String, beside program: String = Self.program) -> PluginOrigin {
        // Where it really lies: a link in the program's folder may lead to where others write.
        guard let program = LocalFile.resolved(program), let path = LocalFile.resolved(path),
            folder(of: path) == folder(of: program), FileOwnership.isKept(path, byOwnerOf: program)
        else { return .library }
        return .shipped
    }
}

extension PluginOrigin: CustomStringConvertible {
    package var description: String {
        switch self {
        case .shipped: "shipped with the program"
        case .library: "a library without a bundle"
        case .bundle(let signature): "a bundle, \(signature)"
        }
    }
}

import FoundationEssentials
import PluginHosting

extension StaticCheck {
    static let unresolved = StaticCheck(name: "unresolved", subject: "every name it uses is defined somewhere") {
        library,
        _ in
        var missing = Set(library.needs.lazy.filter { !$0.isWeak }.map(\.name))
        var waiting = library.libraries
        var seen = Set(waiting)
        while !missing.isEmpty, let name = waiting.popLast() {
            // What a library that is not here defines cannot be known; loading says it.
            guard let needed = SystemLibraries.library(named: name) else { return [] }
            missing.subtract(needed.exports)
            waiting += needed.libraries.filter { seen.insert($0).inserted }
        }
        return missing.sorted().prefix(10).map { name in
            Finding(
                name,
                "The library uses \(name), which none of the libraries it names defines; it cannot be loaded.",
                remedy:
                    "Link what defines it, and add -z defs (through a compiler: -Wl,-z,defs) so that the linker says so."
            )
        }
    }
}

/// The libraries of this system, read as files.
enum SystemLibraries {
    private static let folders = [
        "/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
        "/lib64", "/usr/lib64", "/lib", "/usr/lib",
    ]

    /// A library the loader would find, or has loaded into this process.
    static func library(named name: String) -> ELFLibrary? {
        for path in folders.map({ "\($0)/\(name)" }) + loaded.filter({ $0.hasSuffix("/\(name)") }) {
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            if let library = try? ELFLibrary([UInt8](bytes)) { return library }
        }
        return nil
    }

    /// The files that are mapped into this process, among them the Swift runtime a plugin may share.
    private static var loaded: Set<String> {
        let maps = FileManager.default.contents(atPath: "/proc/self/maps") ?? Data()
        return Set(
            String(decoding: maps, as: UTF8.self).split(separator: "\n").compactMap { line in
                line.firstIndex(of: "/").map { String(line[$0...]) }
            }
        )
    }
}

import PluginHosting

extension StaticCheck {
    static let searchPath = StaticCheck(name: "search-path", subject: "it names no folder to look for libraries in") {
        library,
        _ in
        // The folder of an image that is loaded from memory is none, so $ORIGIN has no meaning and does no harm.
        library.searchPath.filter { $0 != "$ORIGIN" && $0 != "${ORIGIN}" }.map { folder in
            Finding(
                folder.isEmpty ? "the current folder" : folder,
                "The library looks for other libraries in \(folder.isEmpty ? "the current folder" : folder); whoever can write there runs code in the gateway.",
                remedy:
                    "Link without -rpath (Swift: -no-toolchain-stdlib-rpath), or take it out with patchelf --remove-rpath."
            )
        }
    }
}

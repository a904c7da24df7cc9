import FoundationEssentials

/// A path as another program finds it, whichever folder it runs in.
enum AbsolutePath {
    static func of(_ path: String) -> String {
        var path = URL(filePath: path).standardized.path()
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}

/// What a file of a bundle may be called.
enum BundlePath {
    static let index = "bundle.json"
    static let signature = "bundle.json.sig"
    static let manifest = "manifest.json"
    private static let longest = 255
    private static let deepest = 8

    static let rule = """
        is 1 to \(longest) letters, digits, ".", "_", "-" and "+", in at most \(deepest) parts between slashes, none of \
        which begins with a dot
        """

    /// Whether a path stays inside its bundle, whoever reads it: relative, plain, without `.` and `..`.
    static func isAcceptable(_ path: String) -> Bool {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path.utf8.count <= longest && parts.count <= deepest && path != index && path != signature
            && parts.allSatisfy { part in
                part.first != nil && part.first != UInt8(ascii: ".") && part.allSatisfy(isPlain)
            }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        PluginManifest.isNameByte(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
    }
}

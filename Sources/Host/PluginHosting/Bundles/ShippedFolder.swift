import FoundationEssentials

/// The folder of the running program, where the shipped plugins lie.
enum ShippedFolder {
    /// The program itself.
    static let program = "/proc/self/exe"

    /// Without a slash at its end; nil when the system does not say.
    static var path: String? {
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: program),
            let slash = target.lastIndex(of: "/")
        else { return nil }
        return String(target[..<slash])
    }
}

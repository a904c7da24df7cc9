import FoundationEssentials

/// Where the program itself lies.
enum ExecutableFolder {
    /// The folder, without a slash at its end.
    static var path: String {
        let link = "/proc/self/exe"
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: link)) ?? CommandLine.arguments[0]
        return URL(filePath: target).deletingLastPathComponent().path().trimmingSlash
    }
}

extension String {
    fileprivate var trimmingSlash: String {
        count > 1 && hasSuffix("/") ? String(dropLast()) : self
    }
}

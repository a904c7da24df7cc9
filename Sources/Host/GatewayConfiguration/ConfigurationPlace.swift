/// Where something stands in the configuration.
package struct ConfigurationPlace: Hashable, Sendable, CustomStringConvertible {
    /// The file, as it was named.
    package var file: String
    /// The line in the file, from 1.
    package var line: Int
    /// The keys from the top, joined by dots.
    package var path: String

    package init(file: String, line: Int, path: String) {
        self.file = file
        self.line = line
        self.path = path
    }

    /// The place of something that stands in no file.
    static let nowhere = ConfigurationPlace(file: "", line: 1, path: "")

    /// A place one key further in, on the same line.
    func appending(_ key: String) -> ConfigurationPlace {
        ConfigurationPlace(file: file, line: line, path: path.isEmpty ? key : "\(path).\(key)")
    }

    package var description: String { "\(file): line \(line): \(path)" }
}

import FoundationEssentials
import GatewayConfiguration

/// Reads the values that the configuration only refers to.
enum Secrets {
    /// The value of a setting.
    /// - Throws: `CommandFailure` naming the file or variable, never its content.
    static func resolve(_ value: SettingValue) throws -> String {
        switch value {
        case .literal(let text): return text
        case .file(let path):
            guard let text = try? String(contentsOf: URL(filePath: path), encoding: .utf8) else {
                throw CommandFailure.notInOrder(
                    "The secret file \(path) cannot be read; check its path, owner and mode."
                )
            }
            return text.last?.isNewline == true ? String(text.dropLast()) : text
        case .environment(let name):
            guard let text = ProcessInfo.processInfo.environment[name] else {
                throw CommandFailure.notInOrder("The environment variable \(name), which holds a secret, is not set.")
            }
            return text
        }
    }
}

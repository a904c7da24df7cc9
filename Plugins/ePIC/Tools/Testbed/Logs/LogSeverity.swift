import PluginKit

/// How bad a line of the testbed's log is, with the numbers agents use.
enum LogSeverity: Int, Hashable, Sendable, CaseIterable {
    case debug = 10
    case info = 20
    case warning = 30
    case error = 40
    case critical = 50

    /// The word in the log.
    var name: String { "\(self)".uppercased() }

    /// The level of a word, in upper or lower case.
    /// - Throws: `ToolError` with `invalid_argument` for a word that is none.
    init(word: String) throws(ToolError) {
        let aliases = ["WARN": LogSeverity.warning, "FATAL": .critical, "ERR": .error]
        let word = word.uppercased()
        guard let level = Self.allCases.first(where: { $0.name == word }) ?? aliases[word] else {
            let names = Self.allCases.map(\.name).joined(separator: ", ")
            throw ToolError(.invalidArgument, "level: is none of \(names).")
        }
        self = level
    }
}

package import Logging

/// How log lines are written.
package enum LogFormat: Sendable {
    /// One line for people.
    case text
    /// One JSON object a line, for collectors.
    case json
}

/// Directs every logger of the process to standard error; called once, before anything logs.
package enum LogSetup {
    /// - Parameters:
    ///   - level: the quietest level shown at first.
    ///   - format: of the lines.
    ///   - writer: takes the lines; without one they are written at once by whoever logs.
    /// - Returns: what the quietest level shown is changed with, for loggers there are and those to come.
    package static func start(level: Logger.Level, format: LogFormat, writer: LogWriter? = nil) -> LogThreshold {
        let threshold = LogThreshold(level)
        let write: @Sendable ([UInt8]) -> Void = { line in
            if let writer { writer.submit(line) } else { StandardError.write(line) }
        }
        LoggingSystem.bootstrap { label in
            LineLogHandler(label: label, format: format, threshold: threshold, write: write)
        }
        return threshold
    }
}

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
    package static func start(level: Logger.Level, format: LogFormat) {
        LoggingSystem.bootstrap { label in
            var handler = LineLogHandler(label: label, format: format)
            handler.logLevel = level
            return handler
        }
    }
}

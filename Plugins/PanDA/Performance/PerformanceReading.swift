package import PluginKit

/// Tells how work went in a window; each experiment has its own source.
package protocol PerformanceReading: Sendable {
    /// The jobs that ended in the window, and in the one before it.
    func performance(
        matching query: PerformanceQuery,
        in context: CallContext
    ) async throws(ToolError)
        -> PerformanceFacts
}

/// How work went where.
package struct PerformanceQuery: Hashable, Sendable {
    /// What jobs are put together by.
    package enum Grouping: String, Sendable, CaseIterable {
        case site, user, share, type
    }

    package var window: Window
    package var grouping: Grouping

    /// The window of the same length before it.
    package var previous: Window {
        Window(
            start: window.start.adding(seconds: -window.end.seconds(since: window.start)),
            end: window.start,
            defaulted: false
        )
    }
}

/// What a source found.
package struct PerformanceFacts: Sendable {
    /// The jobs that ended with one state, of one name.
    package struct Line: Sendable {
        package let name: String?
        package let status: String
        package let usage: Usage

        package init(name: String?, status: String, usage: Usage) {
            self.name = name
            self.status = status
            self.usage = usage
        }
    }

    /// Jobs with what they used, as many as were read.
    package var lines: [Line]
    /// State → jobs, counted exactly; nil where the source cannot: then ``lines`` are counted.
    package var counts: [String: Int]?
    /// The same for the window before; nil where nothing is known of it.
    package var previousCounts: [String: Int]?
    package var errors: [TaskErrorCount]
    /// State → tasks that changed in the window.
    package var tasks: [(status: String, count: Int)]
    /// What is not counted or only in part, for the reader.
    package var limits: [String]

    package init(
        lines: [Line],
        counts: [String: Int]?,
        previousCounts: [String: Int]?,
        errors: [TaskErrorCount],
        tasks: [(status: String, count: Int)],
        limits: [String]
    ) {
        self.lines = lines
        self.counts = counts
        self.previousCounts = previousCounts
        self.errors = errors
        self.tasks = tasks
        self.limits = limits
    }
}

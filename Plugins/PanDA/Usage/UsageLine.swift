package import PluginKit

/// The usage of one name or one time, in hours.
package struct UsageLine: Encodable, Hashable, Sendable {
    /// The user or site; nil for a time and for the sum of all.
    package let name: String?
    /// The beginning of the day or week, UTC; nil for a name and for the sum of all.
    package let start: Timestamp?
    package let jobs: Int
    package let allocatedCoreHours: Double
    package let usedCoreHours: Double
    package let wallHours: Double
    /// Used of allocated core time, in percent; nil when none was allocated.
    package let efficiencyPercent: Double?

    init(_ usage: Usage, name: String? = nil, start: Timestamp? = nil) {
        self.name = name
        self.start = start
        jobs = usage.jobs
        allocatedCoreHours = Self.rounded(usage.allocatedCoreSeconds / 3600)
        usedCoreHours = Self.rounded(usage.usedCoreSeconds / 3600)
        wallHours = Self.rounded(usage.wallSeconds / 3600)
        efficiencyPercent =
            usage.allocatedCoreSeconds > 0
            ? Self.rounded(100 * usage.usedCoreSeconds / usage.allocatedCoreSeconds) : nil
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 100).rounded() / 100
    }

    private enum CodingKeys: String, CodingKey {
        case name, start, jobs
        case allocatedCoreHours = "allocated_core_hours"
        case usedCoreHours = "used_core_hours"
        case wallHours = "wall_hours"
        case efficiencyPercent = "efficiency_percent"
    }

    private static let figures: [Schema.Property] = [
        .required("jobs", .integer("Finished jobs.", minimum: 0)),
        .required("allocated_core_hours", .number("Hours from start to end, times the job's cores.")),
        .required("used_core_hours", .number("Hours of processor time.")),
        .required("wall_hours", .number("Hours from start to end.")),
        .optional("efficiency_percent", .number("Used of allocated core hours.")),
    ]

    static let total = Schema.object(figures)
    static let named = Schema.object([.required("name", .string())] + figures)
    static let timed = Schema.object([.required("start", .time("The beginning of the day or week, UTC."))] + figures)
}

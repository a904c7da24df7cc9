import PluginKit

extension Activity {
    private static let byStatus = Schema.dictionary(of: .integer(minimum: 0), "State → count.")
    private static let leftOut = Schema.integer("How many more are not listed.", minimum: 0)

    static let schema = Schema.object([
        .required("jobs", jobs),
        .required("tasks", tasks),
        .required("window", .window),
        .required("filters_applied", .anyObject("The filters, as understood.")),
        .required("as_of", .time("When the source was asked.")),
        .optional("hint", .string("What to try next.")),
        .required("monitor_urls", .array(of: .link)),
    ])

    private static let jobs = Schema.object(
        [
            .required("total", .integer(minimum: 0)),
            .required("by_status", byStatus),
            .required("by_user", .array(of: ActivityBucket.schema, "The users with most jobs.")),
            .required("users_left_out", leftOut),
            .required("by_site", .array(of: ActivityBucket.schema, "The queues with most jobs.")),
            .required("sites_left_out", leftOut),
        ],
        "Jobs that changed in the window."
    )

    private static let tasks = Schema.object(
        [
            .required("total", .integer(minimum: 0)),
            .required("by_status", byStatus),
            .required("by_type", .array(of: ActivityType.schema, "The kinds of work with most tasks.")),
            .required("types_left_out", leftOut),
            .required("by_user", .array(of: ActivityBucket.schema, "The users with most tasks.")),
            .required("users_left_out", leftOut),
        ],
        "Tasks that changed in the window; a site filter does not touch them."
    )
}

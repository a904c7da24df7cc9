package import JSON
package import PluginKit

/// What happened in a window: jobs and tasks, counted.
package struct Activity: Encodable, Sendable {
    /// Jobs by state, user and site.
    package struct Jobs: Encodable, Sendable {
        package let total: Int
        package let byStatus: JSONValue
        package let byUser: [ActivityBucket]
        package let bySite: [ActivityBucket]
        package let usersLeftOut: Int
        package let sitesLeftOut: Int

        private enum CodingKeys: String, CodingKey {
            case total
            case byStatus = "by_status"
            case byUser = "by_user"
            case usersLeftOut = "users_left_out"
            case bySite = "by_site"
            case sitesLeftOut = "sites_left_out"
        }
    }

    /// Tasks by state, kind and user.
    package struct Tasks: Encodable, Sendable {
        package let total: Int
        package let byStatus: JSONValue
        package let byType: [ActivityType]
        package let byUser: [ActivityBucket]
        package let typesLeftOut: Int
        package let usersLeftOut: Int

        private enum CodingKeys: String, CodingKey {
            case total
            case byStatus = "by_status"
            case byType = "by_type"
            case typesLeftOut = "types_left_out"
            case byUser = "by_user"
            case usersLeftOut = "users_left_out"
        }
    }

    package let jobs: Jobs
    package let tasks: Tasks
    package let window: Window
    package let filtersApplied: JSONValue
    package let asOf: Timestamp
    package let hint: String?
    package let monitorURLs: [Link]

    /// Sums up what a source counted; each list holds at most `maximumNames` names, fewer where the answer would not
    /// fit `budgetBytes`.
    package init(
        _ facts: ActivityFacts,
        query: ActivityQuery,
        now: Timestamp,
        budgetBytes: Int,
        maximumNames: Int = 50
    ) {
        var names = maximumNames
        var activity = Activity(facts, query: query, now: now, maximumNames: names)
        while names > 1, let size = try? JSONBytesEncoder().encode(activity).count, size > budgetBytes {
            names /= 2
            activity = Activity(facts, query: query, now: now, maximumNames: names)
        }
        self = activity
    }

    private init(_ facts: ActivityFacts, query: ActivityQuery, now: Timestamp, maximumNames: Int) {
        let (jobUsers, jobSites) = (
            ActivityBucket.buckets(of: facts.jobsByUser), ActivityBucket.buckets(of: facts.jobsBySite)
        )
        // A source may not know the user of every job.
        let (byUser, bySite) = (
            ActivityBucket.byStatus(facts.jobsByUser), ActivityBucket.byStatus(facts.jobsBySite)
        )
        func sum(_ states: [(status: String, count: Int)]) -> Int { states.reduce(0) { $0 + $1.count } }
        let jobStates = sum(byUser) < sum(bySite) ? bySite : byUser
        jobs = Jobs(
            total: jobStates.reduce(0) { $0 + $1.count },
            byStatus: .counts(jobStates.map { ($0.status, $0.count) }),
            byUser: Array(jobUsers.prefix(maximumNames)),
            bySite: Array(jobSites.prefix(maximumNames)),
            usersLeftOut: max(0, jobUsers.count - maximumNames),
            sitesLeftOut: max(0, jobSites.count - maximumNames)
        )
        let (types, taskUsers) = (
            ActivityType.types(of: facts.tasksByType), ActivityBucket.buckets(of: facts.tasksByUser)
        )
        let taskStates = ActivityBucket.byStatus(facts.tasksByUser)
        tasks = Tasks(
            total: taskStates.reduce(0) { $0 + $1.count },
            byStatus: .counts(taskStates.map { ($0.status, $0.count) }),
            byType: Array(types.prefix(maximumNames)),
            byUser: Array(taskUsers.prefix(maximumNames)),
            typesLeftOut: max(0, types.count - maximumNames),
            usersLeftOut: max(0, taskUsers.count - maximumNames)
        )
        window = query.window
        filtersApplied = query.filters
        asOf = now
        let isEmpty = jobs.total == 0 && tasks.total == 0
        hint = isEmpty && query.window.defaulted ? "Nothing in the last day; try days: 7." : facts.note
        monitorURLs = facts.monitorURLs
    }

    private enum CodingKeys: String, CodingKey {
        case jobs, tasks, window
        case filtersApplied = "filters_applied"
        case asOf = "as_of"
        case hint
        case monitorURLs = "monitor_urls"
    }
}

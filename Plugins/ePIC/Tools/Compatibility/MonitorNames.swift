import JSON
import PluginKit

/// Gives the members of an answer the names that the testbed monitor's server has for them.
///
/// The tools of the testbed have those names already; those about PanDA have words of their own.
enum MonitorNames {
    /// The answer of a tool under the other names.
    static func renamed(_ answer: JSONValue, of tool: String) -> JSONValue {
        guard var document = answer.object else { return answer }
        switch tool {
        case "panda_list_jobs": list(&document, as: "jobs", id: "pandaid", job)
        case "panda_diagnose_jobs":
            list(&document, as: "jobs", id: "pandaid", job)
            document["error_summary"] = failures(document)
            document["summary"] = nil
        case "panda_list_tasks": list(&document, as: "tasks", id: "jeditaskid", task)
        case "panda_error_summary":
            list(&document, as: "errors", id: nil, error)
            document["total_errors"] = document["summary"]?["errors"]
        case "panda_list_queues": list(&document, as: "queues", id: nil, queue)
        case "panda_get_queue": document["queue"] = document["queue"].map(queue)
        case "panda_study_job": study(&document)
        case "panda_get_activity": activity(&document)
        case "panda_resource_usage": usage(&document)
        case "panda_harvester_workers":
            document["summary"] = ["total_workers": document["total_workers"] ?? 0]
            document["time_window"] = document["window"].map { rename($0, ["start": "from", "end": "to"]) }
        case "pcs_list_tags", "pcs_search_tags":
            document["tag_type"] = document["filters_applied"]?["tag_type"]
            document["query"] = document["filters_applied"]?["query"]
            list(&document, as: "tags", id: nil) { $0 }
        case "swf_get_namespace": document["time_range"] = document["window"]
        case "swf_get_system_state": document["agent_manager"] = document["agent_manager"].map(manager)
        case "swf_get_testbed_status":
            document["agent_manager"] = document["agent_manager"].map { value in
                var manager = value.object ?? JSONObject()
                manager["alive"] = document["alive"]
                return .object(manager)
            }
        default: break
        }
        return .object(document)
    }

    private static func list(
        _ document: inout JSONObject,
        as name: String,
        id: String?,
        _ item: (JSONValue) -> JSONValue
    ) {
        let items = (document["items"]?.array ?? []).map(item)
        document["items"] = nil
        document[name] = .array(items)
        document["count"] = .integer(items.count)
        document["filters"] = document["filters_applied"]
        guard let id else { return }
        document["total_in_window"] = document["total_count"]
        let hasMore = document["has_more"] ?? false
        document["pagination"] = [
            "has_more": hasMore, "next_before_id": hasMore == true ? items.last?[id] ?? .null : .null,
            "limit": document["filters_applied"]?["limit"] ?? .integer(items.count),
        ]
    }

    private static func rename(_ value: JSONValue, _ names: [String: String]) -> JSONValue {
        guard let object = value.object else { return value }
        return .object(
            JSONObject(members: object.members.map { .init(name: names[$0.name] ?? $0.name, value: $0.value) })
        )
    }

    private static func job(_ value: JSONValue) -> JSONValue {
        var job = rename(value, jobNames).object ?? JSONObject()
        job["errors"] = job["errors"]?.array.map { .array($0.map { rename($0, ["diagnosis": "diag"]) }) }
        return .object(job)
    }

    private static let jobNames = [
        "username": "produsername", "status": "jobstatus", "site": "computingsite", "processing_type": "processingtype",
        "created": "creationtime", "started": "starttime", "ended": "endtime", "modified": "modificationtime",
        "core_count": "corecount", "events": "nevents", "output_files": "noutputdatafiles",
        "output_bytes": "outputfilebytes", "destination": "destinationse", "name": "jobname",
        "computing_element": "computingelement", "attempt": "attemptnr", "max_rss_kilobytes": "maxrss",
        "command_to_pilot": "commandtopilot",
    ]

    /// The counts stand among the other members there.
    private static func task(_ value: JSONValue) -> JSONValue {
        var task =
            rename(
                value,
                [
                    "processing_type": "processingtype", "created": "creationdate", "started": "starttime",
                    "ended": "endtime", "modified": "modificationtime", "core_count": "corecount",
                    "priority": "currentpriority", "attempt": "attemptnr", "failure_rate": "failurerate",
                    "error_dialog": "errordialog",
                ]
            )
            .object ?? JSONObject()
        for count in task["counts"]?.object?.members ?? [] { task[count.name] = count.value }
        task["counts"] = nil
        return .object(task)
    }

    private static func error(_ value: JSONValue) -> JSONValue {
        rename(
            value,
            [
                "component": "error_source", "code": "error_code", "sample": "error_diag", "jobs": "count",
                "never_started": "never_started_count", "sample_pandaids": "representative_pandaids",
            ]
        )
    }

    private static func queue(_ value: JSONValue) -> JSONValue {
        rename(
            value,
            [
                "name": "panda_queue", "vo": "vo_name", "core_power": "corepower", "site": "atlas_site",
                "max_rss_megabytes": "maxrss", "max_time_seconds": "maxtime", "max_workdir_megabytes": "maxwdir",
                "updated": "last_update",
            ]
        )
    }

    /// What was counted over everything that matches.
    private static func failures(_ document: JSONObject) -> JSONValue {
        let errors = document["summary"]?["by_error"]?.array ?? []
        var components: [String: Int] = [:]
        for error in errors { components[error["component"]?.string ?? "", default: 0] += error["jobs"]?.integer ?? 0 }
        let top = errors.prefix(20).map { rename($0, ["jobs": "count", "meaning": "sample_diag"]) }
        return [
            "total_faulty_jobs": document["total_count"] ?? 0,
            "by_component": .object(
                JSONObject(
                    members: components.sorted { $0.key < $1.key }.map {
                        .init(name: $0.key, value: .integer($0.value))
                    }
                )
            ),
            "top_error_codes": .array(Array(top)),
        ]
    }

    private static func study(_ document: inout JSONObject) {
        var job = JSONObject()
        for member in document.members where ["status", "site", "user", "errors"].contains(member.name) {
            job[["status": "jobstatus", "site": "computingsite", "user": "produsername"][member.name] ?? member.name] =
                member.name == "errors"
                ? .array((member.value.array ?? []).map { rename($0, ["diagnosis": "diag"]) }) : member.value
        }
        job["pandaid"] = document["pandaid"]
        job["jeditaskid"] = document["task"]?["jeditaskid"]
        job["pilot_type"] = document["pilot"]?["type"]
        job["pilot_version"] = document["pilot"]?["version"]
        for (ours, theirs) in [
            ("created", "creationtime"), ("started", "starttime"), ("ended", "endtime"),
            ("modified", "modificationtime"),
        ] {
            job[theirs] = document["times"]?[ours]
        }
        document["job"] = .object(job)
        document["monitor_url"] = document["monitor_urls"]?.array?.first?["url"]
    }

    private static func activity(_ document: inout JSONObject) {
        for part in ["jobs", "tasks"] {
            guard var counts = document[part]?.object else { continue }
            for (list, name) in [("by_user", "user"), ("by_site", "site")] {
                counts[list] = counts[list]?.array.map { .array($0.map { bucket($0, name) }) }
            }
            document[part] = .object(counts)
        }
        document["filters"] = document["filters_applied"]
    }

    /// The counts by state stand among the other members there.
    private static func bucket(_ value: JSONValue, _ name: String) -> JSONValue {
        var bucket = JSONObject()
        bucket[name] = value["name"]
        bucket["total"] = value["total"]
        for count in value["counts"]?.object?.members ?? [] { bucket[count.name] = count.value }
        return .object(bucket)
    }

    private static func usage(_ document: inout JSONObject) {
        document["totals"] = document["totals"].map { rename($0, ["jobs": "job_count"]) }
        for (list, name) in [("by_site", "site"), ("by_user", "user")] {
            document[list] = document[list]?.array.map {
                .array($0.map { rename($0, ["name": name, "jobs": "job_count"]) })
            }
        }
        document["series"] = document["buckets"]?.array.map { .array($0.map { rename($0, ["jobs": "job_count"]) }) }
        document["buckets"] = nil
        document["filters"] = document["filters_applied"]
    }

    /// The manager's health is its status there.
    private static func manager(_ value: JSONValue) -> JSONValue {
        var manager = value.object ?? JSONObject()
        manager["reported_status"] = manager["status"]
        manager["status"] = manager["health"]
        return .object(manager)
    }
}

import JSON
import PluginKit
import PluginTesting

/// Answers in the monitor's form, as of its version 1.1.7; members that no tool reads are left out.
enum MonitorSamples {
    static let now = Timestamp(seconds: 1_795_226_400)

    static func job(_ id: Int, _ changes: KeyValuePairs<String, JSONValue>) -> JSONValue {
        let usual: JSONValue =
            [
                "pandaid": .integer(id), "creationtime": "2026-11-20 01:51:36",
                "modificationtime": "2026-11-21 01:41:36",
                "starttime": "2026-11-20 19:51:36", "endtime": "2026-11-21 01:51:36",
                "proddbupdatetime": "1970-01-01T00:00:00",
                "attemptnr": 1, "maxattempt": 3, "jobstatus": "failed", "computingsite": "BNL", "cloud": "US",
                "produsername": "Alice User", "jeditaskid": 46_374_283, "transexitcode": "0", "pilotid": "",
                "cpuconsumptiontime": 100.5, "minramcount": 2000, "minramunit": "MB", "nevents": 10, "corecount": 1,
                "actualcorecount": 1, "maxrss": 0, "maxpss": 0, "inputfilebytes": .null, "outputfilebytes": .null,
                "harvesterInfo": [:],
            ]
        var job = usual.object ?? JSONObject()
        for component in ["pilot", "exe", "sup", "ddm", "brokerage", "jobdispatcher", "taskbuffer"] {
            job["\(component)errorcode"] = 0
            job["\(component)errordiag"] = ""
        }
        for (name, value) in changes { job[name] = value }
        return ["files": [], "job": .object(job), "dsfiles": []]
    }

    static let memoryJob = job(
        6_800_730_400,
        ["piloterrorcode": 1235, "piloterrordiag": "Payload exceeded maximum allowed memory", "maxrss": 6_291_456]
    )

    /// 21 h 20 min from creation to start, 5 h 46 min from start to ``now``.
    static let runningJob = job(
        6_810_532_013,
        [
            "jobstatus": "running", "computingsite": "MWT2", "creationtime": "2026-11-19T22:53:59.284374",
            "starttime": "2026-11-20T20:13:59.284374", "endtime": "2026-11-21T01:51:36.284374",
            "modificationtime": "2026-11-21T01:50:36.284374",
        ]
    )

    static func task(_ changes: KeyValuePairs<String, JSONValue> = [:]) -> JSONValue {
        let usual: JSONValue =
            [
                "jeditaskid": 46_374_283, "taskname": "user.alice.demo", "status": "running", "superstatus": "running",
                "username": "Alice User", "creationdate": "2026-11-21 01:14:44", "starttime": .null, "endtime": .null,
                "modificationtime": "2026-11-21 01:14:44", "prodsourcelabel": "user", "tasktype": "anal",
                "taskpriority": 1000, "currentpriority": 1000, "corecount": 1, "errordialog": .null, "gshare": .null,
                "campaign": .null, "attemptnr": 0, "reqid": 1, "parent_tid": .null, "pctfinished": "",
                "dsinfo": [
                    "nfiles": 4875, "nfilesfinished": 1112, "nfilesfailed": 0, "nfilesmissing": 0, "pctfinished": 22,
                    "pctfailed": 0, "neventsTot": 0, "neventsUsedTot": 0,
                ],
            ]
        var task = usual.object ?? JSONObject()
        for (name, value) in changes { task[name] = value }
        return ["task": .object(task), "taskparams": [:], "datasets": .array(datasets)]
    }

    static let datasets: [JSONValue] = [
        dataset(2, "log", "user.alice.demo.log/", 1112, 1112, 0),
        dataset(1, "input", "user.gripelli.x/", 4875, 1112, 0),
    ]

    static func dataset(
        _ id: Int,
        _ type: String,
        _ name: String,
        _ files: Int,
        _ finished: Int,
        _ failed: Int
    ) -> JSONValue {
        [
            "masterid": "", "nfilesmissing": "", "type": .string(type), "datasetid": .integer(id), "status": "ready",
            "datasetname": .string(name), "nfiles": .integer(files), "nfilesfinished": .integer(finished),
            "nfilesfailed": .integer(failed), "percentfinished": 22.8,
        ]
    }

    static let jobs: JSONValue = [
        "selectionsummary": [],
        "jobs": [
            ["pandaid": 6_810_532_013, "jobstatus": "running", "computingsite": "MWT2"],
            ["pandaid": 6_800_730_400, "jobstatus": "failed", "computingsite": "BNL"],
            ["pandaid": 6_800_730_399, "jobstatus": "finished", "computingsite": "BNL"],
        ],
        "errsByCount": [
            [
                "error": "pilot:1235", "codename": "piloterrorcode", "codeval": 1235,
                "diag": "Payload exceeded maximum allowed memory", "desc": "",
                "cat": ["name": "Uncategorized", "id": 0], "example_pandaid": 6_800_730_400, "count": 1,
            ]
        ],
    ]

    static let noJobs: JSONValue = ["selectionsummary": [], "jobs": [], "errsByCount": []]

    /// What the monitor sends for an id it does not know, with status 200.
    static let page = "\n<!DOCTYPE html>\n<html><head><title>PanDA job is not found</title></head></html>\n"

    /// A monitor that gives one answer for each path.
    static func monitor(_ answers: [String: SourcesInMemory.Answer]) -> SourcesInMemory {
        SourcesInMemory(request: { request throws(ToolError) in
            guard request.source == "monitor", let answer = answers[request.path] else {
                throw ToolError(.unavailable, "The data source monitor cannot answer now.")
            }
            return answer
        })
    }
}

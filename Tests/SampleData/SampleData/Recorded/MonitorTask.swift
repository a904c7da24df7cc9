internal import JSON

/// A task as the monitor tells about it.
///
/// Times are seconds before the request.
struct MonitorTask: Sendable {
    struct DataSet: Sendable {
        let type: String
        let name: String
        let files: Int
        let finished: Int
        let failed: Int
        var status = "ready"
    }

    let id: Int
    let name: String
    let status: String
    let user: String
    let created: Int
    var started: Int?
    var ended: Int?
    let modified: Int
    var label = "user"
    var type = "anal"
    var virtualOrganization = "atlas"
    var processingType = "panda-client-1.5.92-jedi-run"
    var errorDialog: String?
    var campaign: String?
    let datasets: [DataSet]

    private var masters: [DataSet] { datasets.filter { $0.type == "input" || $0.type == "pseudo_input" } }

    /// The task as an object with the names the monitor gives.
    func record(now: SampleInstant, form: MonitorJob.TimeForm) -> JSONObject {
        var record = JSONObject()
        for name in Self.nullNames { record[name] = .null }
        func text(_ secondsAgo: Int?) -> JSONValue {
            secondsAgo.map { form.text(now.adding(seconds: -$0)) } ?? .null
        }
        record["jeditaskid"] = .integer(id)
        record["taskname"] = .string(name)
        record["status"] = .string(status)
        record["superstatus"] = .string(status)
        record["username"] = .string(user)
        record["owner"] = .string(user)
        record["creationdate"] = text(created)
        record["starttime"] = text(started)
        record["endtime"] = text(ended)
        record["statechangetime"] = text(modified)
        record["modificationtime"] = text(modified)
        record["reqid"] = .integer(id % 100_000)
        record["prodsourcelabel"] = .string(label)
        record["vo"] = .string(virtualOrganization)
        record["corecount"] = 1
        record["tasktype"] = .string(type)
        record["processingtype"] = .string(processingType)
        record["taskpriority"] = 1000
        record["currentpriority"] = 1000
        record["eventservice"] = "ordinary"
        record["attemptnr"] = 0
        record["errordialog"] = errorDialog?.asJSON ?? .null
        record["campaign"] = campaign?.asJSON ?? .null
        record["category"] = type == "anal" ? "user analysis" : "production"
        record["age"] = .double(Double(created / 864) / 100)
        record["duration_days"] = .double(Double((created - (ended ?? 0)) / 864) / 100)
        record["dsinfo"] = .object(datasetSummary)
        return record
    }

    /// Counts over the master inputs.
    var datasetSummary: JSONObject {
        let files = masters.reduce(0) { $0 + $1.files }
        let finished = masters.reduce(0) { $0 + $1.finished }
        let failed = masters.reduce(0) { $0 + $1.failed }
        var summary = JSONObject()
        summary["nfiles"] = .integer(files)
        summary["nfilesfinished"] = .integer(finished)
        summary["nfilesfailed"] = .integer(failed)
        summary["nfilesmissing"] = 0
        // The monitor cuts the percentage off.
        summary["pctfinished"] = .integer(files == 0 ? 0 : finished * 100 / files)
        summary["pctfailed"] = .integer(files == 0 ? 0 : failed * 100 / files)
        for name in ["neventsTot", "neventsUsedTot", "neventsRemaining", "neventsOutput"] { summary[name] = 0 }
        return summary
    }

    /// The data sets as a task's own answer lists them.
    var datasetRecords: [JSONValue] {
        datasets.enumerated().map { index, set in
            var record = JSONObject()
            for name in Self.emptyDatasetNames { record[name] = "" }
            record["jeditaskid"] = .integer(id)
            record["datasetid"] = .integer(id * 10 + index)
            record["datasetname"] = .string(set.name)
            record["type"] = .string(set.type)
            record["status"] = .string(set.status)
            record["nfiles"] = .integer(set.files)
            record["nfilesfinished"] = .integer(set.finished)
            record["nfilesfailed"] = .integer(set.failed)
            record["scope"] = .string(String(set.name.split(separator: ":").first ?? ""))
            record["percentfinished"] = set.files == 0 ? 0 : .double(Double(set.finished * 1000 / set.files) / 10)
            return .object(record)
        }
    }

    private static let emptyDatasetNames = """
        masterid storagetoken neventstobeused neventsused nevents streamname nfileswaiting containername
        nfilesmissing
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    private static let nullNames = """
        oldstatus cloud site frozentime workinggroup architecture transuses transhome transpath lockedby
        lockedtime termcondition splitrule walltime walltimeunit outdiskcount outdiskunit workdiskcount
        workdiskunit ramcount ramunit iointensity iointensityunit workqueue_id progress failurerate countrygroup
        parent_tid ticketid ticketsystemtype gshare cputime cputimeunit basewalltime cpuefficiency nucleus
        ttcrequested ttcpredicted ttcpredictiondate resquetime requesttype resourcetype usejumbo diskio
        diskiounit container_name memoryleakcore memoryleakx2 framework dc_info
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}

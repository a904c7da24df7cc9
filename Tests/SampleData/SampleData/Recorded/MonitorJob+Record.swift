internal import JSON

extension MonitorJob {
    /// How times are written: `2026-11-21 05:28:23` for one job, `2026-11-21T05:28:23.000000` in lists.
    enum TimeForm {
        case single, list

        func text(_ time: SampleInstant) -> JSONValue {
            .string(self == .single ? time.zonelessText : time.isoTextWithFraction)
        }
    }

    /// The job as an object with all the names the monitor gives.
    func record(now: SampleInstant, form: TimeForm) -> JSONObject {
        var record = JSONObject()
        for name in Self.emptyNames { record[name] = "" }
        for name in Self.zeroNames { record[name] = 0 }
        for name in Self.nullNames { record[name] = .null }
        fillIdentity(&record)
        fillTimes(&record, now: now, form: form)
        fillErrors(&record)
        fillUsage(&record)
        if form == .single {
            record["errorinfo"] = .string(
                namedErrors.map { "\($0.component):\($0.code) \($0.diagnosis) " }.joined()
            )
            record["error_desc"] = ""
            record["error_category"] = "Uncategorized"
            record["harvesterInfo"] = [:]
            record["file_summary_str"] =
                "input: 1, size: 0.7GB, #events: \(events); output: 1; pseudo_input: 0; log: 1"
                .asJSON
            record["days_since_creation"] = .integer(created / 86400 + 1)
        } else {
            record["pilotversion"] = "3.11.5.1"
            record["consumer"] = ""
        }
        return record
    }

    private func fillIdentity(_ record: inout JSONObject) {
        record["pandaid"] = .integer(id)
        record["jeditaskid"] = .integer(task)
        record["taskid"] = .integer(task)
        record["reqid"] = .integer(task % 100_000)
        record["jobstatus"] = .string(status)
        record["jobname"] = .string(name.isEmpty ? "\(user.split(separator: " ").first ?? "job").\(task).\(id)" : name)
        record["computingsite"] = .string(site)
        record["cloud"] = .string(cloud)
        record["produsername"] = .string(user)
        record["produserid"] = .string(user)
        record["prodsourcelabel"] = .string(label)
        record["gshare"] = label == "user" ? "User Analysis" : "Data Release"
        record["category"] = "run"
        if let parent { record["parentid"] = .integer(parent) }
        record["vo"] = .string(virtualOrganization)
        record["attemptnr"] = .integer(attempt)
        record["maxattempt"] = .integer(maximumAttempt)
        record["transformation"] = .string(transformation)
        record["processingtype"] = .string(processingType)
        record["homepackage"] = "AnalysisTransforms"
        record["eventservice"] = "ordinary"
        record["processor_type"] = "CPU"
        record["currentpriority"] = 1000
        record["priorityrange"] = "1000:1099"
        record["jobsetrange"] = "0:99"
        record["nevents"] = .integer(events)
        record["ninputdatafiles"] = 1
        if started != nil {
            record["pilotid"] = .string("https://pilot-logs.example.org/\(id).out|Condor|PR|3.11.5.1")
            record["modificationhost"] = .string("slot1@node\(id % 700).example.org")
            record["wn"] = .string("node\(id % 700).example.org")
            record["batchid"] = .string("\(id % 1_000_000).0")
        }
    }

    private func fillTimes(_ record: inout JSONObject, now: SampleInstant, form: TimeForm) {
        func text(_ secondsAgo: Int?) -> JSONValue {
            secondsAgo.map { form.text(now.adding(seconds: -$0)) } ?? .null
        }
        record["creationtime"] = text(created)
        record["modificationtime"] = text(modified)
        record["statechangetime"] = text(ended ?? started ?? modified)
        record["starttime"] = text(started)
        record["endtime"] = text(ended)
        record["proddbupdatetime"] = "1970-01-01T00:00:00"
        let duration = started.map { $0 - (ended ?? 0) } ?? 0
        let wait = created - (started ?? ended ?? 0)
        record["durationsec"] = .double(Double(duration))
        record["durationmin"] = .integer(duration / 60)
        record["duration"] = Self.span(duration).asJSON
        record["waittimesec"] = .double(Double(wait))
        record["waittime"] = Self.span(wait).asJSON
        let busy = duration * cores
        record["cpuefficiency"] = busy == 0 ? 0 : .double(Double(cpuSeconds * 1000 / busy) / 10)
    }

    /// A duration in the form `days:hours:minutes:seconds`.
    private static func span(_ seconds: Int) -> String {
        func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(seconds / 86400):\(seconds / 3600 % 24):\(pair(seconds / 60 % 60)):\(pair(seconds % 60))"
    }

    private func fillErrors(_ record: inout JSONObject) {
        let pairs = [
            ("brokerage", errors.brokerage), ("ddm", errors.ddm), ("exe", errors.executor),
            ("jobdispatcher", errors.dispatcher), ("pilot", errors.pilot), ("sup", errors.supervisor),
            ("taskbuffer", errors.taskBuffer),
        ]
        for (name, error) in pairs {
            record["\(name)errorcode"] = .integer(error.code)
            record["\(name)errordiag"] = .string(error.diagnosis ?? "")
        }
        record["transexitcode"] = .string(errors.transformationExit ?? "0")
    }

    private func fillUsage(_ record: inout JSONObject) {
        record["corecount"] = .integer(cores)
        record["actualcorecount"] = .integer(cores)
        record["resourcetype"] = .string(resourceType)
        record["minramcount"] = .integer(memoryLimit)
        record["minramunit"] = "MB"
        record["maxwalltime"] = 172_800
        record["cpuconsumptiontime"] = .double(Double(cpuSeconds))
        record["cpuconsumptionunit"] = "AMD EPYC 7763"
        for (name, value) in [("maxrss", maximumRSS), ("maxpss", maximumPSS), ("avgrss", averageRSS)] {
            record[name] = value.map { .integer($0) } ?? .null
        }
        record["maxpssgbpercore"] = .double(Double((maximumPSS ?? 0) / cores / 10000) / 100)
    }

    private static let emptyNames = """
        schedulerid pilotid creationhost modificationhost atlasrelease maxcpuunit maxdiskunit ipconnectivity
        commandtopilot computingelement proddblock dispatchdblock destinationdblock destinationse grid
        sourcesite destinationsite transfertype cmtconfig lockedby pilottiming workinggroup countrygroup batchid
        specialhandling inputfiletype inputfileproject outputfiletype jobmetrics nucleus jobsubstatus
        container_name job_label cpu_architecture_level jobinfo wn
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    private static let zeroNames = """
        jobdefinitionid assignedpriority maxcpucount maxdiskcount relocationflag jobexecutionid jobsetid
        """.split { $0 == " " || $0 == "\n" }.map(String.init)

    private static let nullNames = """
        cpuconversion ninputfiles parentid inputfilebytes noutputdatafiles outputfilebytes workqueue_id hs06
        maxvmem maxswap avgvmem avgswap avgpss failedattempt totrchar totwchar totrbytes totwbytes raterchar
        ratewchar raterbytes ratewbytes diskio memoryleak memoryleakx2 hs06sec meancorecount gco2_regional
        gco2_global homecloud prodserieslabel
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}

extension String {
    /// The text as a JSON value.
    var asJSON: JSONValue { .string(self) }
}

internal import JSON

/// Answers as the REST interface of iDDS does.
struct IDDSAnswers {
    let requests: [IDDSRequest]
    let now: SampleInstant

    /// The answer for a path below the prefix; `null` stands for an identifier that is not known.
    func answer(path: [String]) -> RecordedAnswer {
        let rest = Array(path.dropFirst())
        switch path.first {
        case "ping": return .json(["Status": "OK"])
        case "request": return request(rest)
        case "transform": return transform(rest)
        case "monitor", "monitor_request": return .json(.array(chosen(rest).map { $0.monitored(now: now) }))
        case "monitor_transform": return .json(.array(details(of: chosen(rest))))
        case "catalog" where rest.first == "contents_output_ext": return contents(Array(rest.dropFirst()))
        default: return .notFound
        }
    }

    private func id(_ path: [String], _ index: Int) -> Int? {
        path.indices.contains(index) ? Int(path[index]) : nil
    }

    /// The requests that the first two components name: an identifier of a request, and of a workload.
    private func chosen(_ path: [String]) -> [IDDSRequest] {
        let request = id(path, 0)
        let workload = id(path, 1)
        return requests.filter { candidate in
            (request.map { $0 == candidate.id } ?? true)
                && (workload.map { workload in candidate.transforms.contains { $0.task == workload } } ?? true)
        }
    }

    private func details(of requests: [IDDSRequest]) -> [JSONValue] {
        requests.flatMap { request in request.transforms.map { request.detail($0, now: now) } }
    }

    private func request(_ path: [String]) -> RecordedAnswer {
        if path.first == "name" {
            let found = requests.filter { path.count > 1 && $0.name == path[1] }
            return .json(.array(found.map { .object($0.summary(now: now)) }))
        }
        let found = chosen(path)
        let hasDetail = path.count > 2 && path[2].lowercased() == "true"
        return .json(.array(hasDetail ? details(of: found) : found.map { .object($0.summary(now: now)) }))
    }

    private func transform(_ path: [String]) -> RecordedAnswer {
        let wanted = id(path, 1)
        let rows = chosen(Array(path.prefix(1))).flatMap { request in
            request.transforms.filter { wanted == nil || $0.id == wanted }.map { request.detail($0, now: now) }
        }
        return .json(.array(rows))
    }

    /// `{request}/{workload}/{transform}/{by task}`: the outputs that ended, one row each.
    ///
    /// By task, they are the values of an object whose names are the tasks.
    private func contents(_ path: [String]) -> RecordedAnswer {
        let workload = id(path, 1)
        let wanted = id(path, 2)
        let transforms = chosen(Array(path.prefix(1))).flatMap { request in
            request.transforms.filter { (workload == nil || $0.task == workload) && (wanted == nil || $0.id == wanted) }
                .map { (request, $0) }
        }
        if path.count > 3 && path[3].lowercased() == "true" {
            var byTask = JSONObject()
            for (request, transform) in transforms { byTask[String(transform.task)] = .array(rows(request, transform)) }
            return .json(.object(byTask))
        }
        return .json(.array(transforms.flatMap { rows($0.0, $0.1) }))
    }

    /// At most 40 successful outputs, and all failed ones with their exit codes.
    private func rows(_ request: IDDSRequest, _ transform: IDDSTransform) -> [JSONValue] {
        let succeeded = Array(repeating: (status: "Available", code: 0), count: min(40, transform.outputProcessed))
        let failed = transform.exitCodes.flatMap {
            Array(repeating: (status: "FinalFailed", code: $0.code), count: $0.count)
        }
        return (failed + succeeded).enumerated().map { index, output in
            var row = JSONObject()
            row["request_id"] = .integer(request.id)
            row["transform_id"] = .integer(transform.id)
            row["workload_id"] = .integer(transform.task)
            row["jedi_task_id"] = .integer(transform.task)
            row["content_id"] = .integer(transform.id * 10000 + index)
            row["panda_id"] = .integer(pandaID(of: transform, index: index, code: output.code))
            row["name"] = .string("\(transform.name)_orderIndex_\(index)")
            row["status"] = .string(output.status)
            row["job_status"] = .string(output.code == 0 ? "finished" : "failed")
            row["trans_exit_code"] = .string(String(output.code))
            row["pilot_error_code"] = .integer(output.code == 137 ? 1235 : (output.code == 0 ? 0 : 1305))
            row["pilot_error_diag"] = .string(
                output.code == 137
                    ? "Payload exceeded maximum allowed memory" : (output.code == 0 ? "" : "Failed to execute payload")
            )
            row["site"] = "SLAC_Rubin_4G"
            return .object(row)
        }
    }

    /// The first failure of each kind leads to a job that the monitor knows.
    private func pandaID(of transform: IDDSTransform, index: Int, code: Int) -> Int {
        guard transform.task == RecordedCases.subFinishedTask else {
            return 92_500_000 + transform.id % 1000 * 10000 + index
        }
        if index == 0 { return RecordedCases.rubinPayloadJob }
        let firstMemory = transform.exitCodes.first.map { $0.count } ?? 0
        return index == firstMemory && code == 137 ? RecordedCases.rubinMemoryJob : 92_600_000 + index
    }
}

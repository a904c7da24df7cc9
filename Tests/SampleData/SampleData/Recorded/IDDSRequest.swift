internal import JSON

/// A request of iDDS, which is one run of BPS.
///
/// Times are seconds before the request.
struct IDDSRequest: Sendable {
    let id: Int
    let name: String
    let user: String
    let status: String
    let created: Int
    let updated: Int
    let transforms: [IDDSTransform]

    /// The row for one transform, as `with_detail` gives it.
    func detail(_ transform: IDDSTransform, now: SampleInstant) -> JSONValue {
        var row = summary(now: now)
        row["transform_id"] = .integer(transform.id)
        row["transform_workload_id"] = .integer(transform.task)
        row["transform_name"] = .string(transform.name)
        row["transform_status"] = .string(transform.status)
        row["input_total_files"] = .integer(transform.inputTotal)
        row["input_processed_files"] = .integer(transform.outputProcessed)
        row["input_processing_files"] = .integer(transform.outputProcessing)
        row["input_new_files"] = .integer(transform.inputNew)
        row["output_total_files"] = .integer(transform.outputTotal)
        row["output_new_files"] = .integer(transform.outputNew)
        row["output_processing_files"] = .integer(transform.outputProcessing)
        row["output_processed_files"] = .integer(transform.outputProcessed)
        row["output_failed_files"] = .integer(transform.outputFailed)
        row["output_missing_files"] = .integer(transform.outputMissing)
        return .object(row)
    }

    /// The request without its transforms.
    func summary(now: SampleInstant) -> JSONObject {
        var row = JSONObject()
        row["request_id"] = .integer(id)
        row["workload_id"] = .integer(transforms.first?.task ?? 0)
        row["username"] = .string(user)
        row["name"] = .string(name)
        row["requester"] = "panda"
        row["status"] = .string(status)
        row["created_at"] = .string(now.adding(seconds: -created).zonelessText)
        row["updated_at"] = .string(now.adding(seconds: -updated).zonelessText)
        return row
    }

    /// The row of the monitor: sums over the transforms, and how many there are in each status.
    func monitored(now: SampleInstant) -> JSONValue {
        var row = summary(now: now)
        func sum(_ field: KeyPath<IDDSTransform, Int>) -> JSONValue {
            .integer(transforms.reduce(0) { $0 + $1[keyPath: field] })
        }
        row["input_total_files"] = sum(\.inputTotal)
        row["input_processed_files"] = sum(\.outputProcessed)
        row["input_processing_files"] = sum(\.outputProcessing)
        row["output_total_files"] = sum(\.outputTotal)
        row["output_processed_files"] = sum(\.outputProcessed)
        row["output_processing_files"] = sum(\.outputProcessing)
        var counts = JSONObject()
        for transform in transforms {
            counts[transform.status] = .integer((counts[transform.status]?.integer ?? 0) + 1)
        }
        row["transforms"] = .object(counts)
        return .object(row)
    }
}

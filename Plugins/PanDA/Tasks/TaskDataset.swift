import PluginKit

/// A dataset a task reads or writes.
package struct TaskDataset: Encodable, Hashable, Sendable {
    package let name: String
    package let type: String
    package let status: String?
    package let files: Int?
    package let finished: Int?
    package let failed: Int?
    package let datasetID: Int?

    package init(
        name: String,
        type: String,
        status: String?,
        files: Int?,
        finished: Int?,
        failed: Int?,
        datasetID: Int?
    ) {
        self.name = name
        self.type = type
        self.status = status
        self.files = files
        self.finished = finished
        self.failed = failed
        self.datasetID = datasetID
    }

    private enum CodingKeys: String, CodingKey {
        case name, type, status
        case files = "nfiles"
        case finished = "nfilesfinished"
        case failed = "nfilesfailed"
        case datasetID = "datasetid"
    }

    static let schema = Schema.object([
        .required("name", .string()),
        .required("type", .string("input, pseudo_input, output, log and others.")),
        .optional("status", .string()),
        .optional("nfiles", .integer()),
        .optional("nfilesfinished", .integer()),
        .optional("nfilesfailed", .integer()),
        .optional("datasetid", .integer()),
    ])
}

/// The datasets of one type, summed up.
package struct TaskDatasetGroup: Encodable, Hashable, Sendable {
    package let type: String
    package let count: Int
    package let files: Int
    package let finished: Int
    package let failed: Int

    /// The groups of datasets: what is read first, then what is written, then the rest by name.
    package static func groups(of datasets: [TaskDataset]) -> [TaskDatasetGroup] {
        let order = ["input", "pseudo_input", "output", "log"]
        return Dictionary(grouping: datasets, by: \.type)
            .map { type, datasets in
                TaskDatasetGroup(
                    type: type,
                    count: datasets.count,
                    files: datasets.reduce(0) { $0 + ($1.files ?? 0) },
                    finished: datasets.reduce(0) { $0 + ($1.finished ?? 0) },
                    failed: datasets.reduce(0) { $0 + ($1.failed ?? 0) }
                )
            }
            .sorted { left, right in
                let places = (order.firstIndex(of: left.type) ?? .max, order.firstIndex(of: right.type) ?? .max)
                return places.0 == places.1 ? left.type < right.type : places.0 < places.1
            }
    }

    private enum CodingKeys: String, CodingKey {
        case type, count
        case files = "nfiles"
        case finished = "nfilesfinished"
        case failed = "nfilesfailed"
    }

    static let schema = Schema.object([
        .required("type", .string()),
        .required("count", .integer("How many datasets.")),
        .required("nfiles", .integer()),
        .required("nfilesfinished", .integer()),
        .required("nfilesfailed", .integer()),
    ])
}

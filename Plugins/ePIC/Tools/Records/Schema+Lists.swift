import PluginKit

/// What the lists of the testbed have in common.
extension Schema.Property {
    /// The span of time and the place of a list.
    static func span(limit: Int, maximum: Int) -> [Schema.Property] {
        [
            .optional("start_time", .time()), .optional("end_time", .time()),
            .optional("limit", .integer(minimum: 1, maximum: maximum, default: limit)),
            .optional("cursor", .string(maximumLength: 256)),
        ]
    }

    /// A filter that must be met exactly.
    static func filter(_ name: String, _ description: String? = nil, length: Int = 100) -> Schema.Property {
        .optional(name, .string(description, maximumLength: length))
    }
}

extension Schema {
    /// The schema of a list of the testbed's.
    static func timedList(of shape: RecordShape, countedBy words: String) -> Schema {
        .list(
            of: shape.schema(),
            summary: .dictionary(of: .integer(minimum: 0), "\(words) → number, over everything that matches.")
        )
    }
}

import JSON
package import PluginKit

/// Knows the queues from the information system CRIC.
package struct CRICQueueListing: QueueListing, QueueReading {
    /// The source's name in the manifest; its address ends before `/pandaqueue`.
    private let name: String
    private let maximumBytes: Int

    /// Names the source; by default at most 8 MiB of an answer are read.
    package init(name: String = "cric", maximumBytes: Int = 8 << 20) {
        self.name = name
        self.maximumBytes = maximumBytes
    }

    package func queues(in context: CallContext) async throws(ToolError) -> [QueueItem] {
        try await records(in: context).map { name, record in
            QueueItem(name: name, record: record, updated: Self.updated(record))
        }
    }

    package func queue(named name: String, in context: CallContext) async throws(ToolError) -> QueueFacts? {
        try await records(in: context).first { $0.name == name }.map { name, record in
            QueueFacts(name: name, record: record, updated: Self.updated(record))
        }
    }

    private static func updated(_ record: JSONValue) -> Timestamp? {
        record["last_modified"]?.string.flatMap(Timestamp.init)
    }

    /// Every queue's record, by its name: CRIC gives one object of all.
    private func records(in context: CallContext) async throws(ToolError) -> [(name: String, record: JSONValue)] {
        let answer: SourceAnswer
        do throws(ToolError) {
            answer = try await context.source(name).get(
                "/pandaqueue/query/",
                query: [("json", "")],
                maximumBytes: maximumBytes
            )
        } catch {
            guard error.code == .notFound else { throw error }
            throw ToolError(
                .unavailable,
                "The information system CRIC is not connected to this gateway.",
                hint: "The gateway's operator can connect it.",
                detail: error.message
            )
        }
        guard answer.status == 200 else {
            throw ToolError(
                answer.status == 429 ? .rateLimited : .unavailable,
                "The information system CRIC cannot answer now.",
                hint: "Try again in some minutes.",
                detail: "status \(answer.status)"
            )
        }
        guard !answer.isTruncated else {
            throw ToolError(.tooLarge, "The list of queues is larger than this gateway reads.")
        }
        guard let document = answer.json, document.kind == .object else {
            throw ToolError(
                .unavailable,
                "The information system's answer cannot be understood.",
                hint: "Try again in some minutes.",
                detail: "not an object of queues"
            )
        }
        return document.members.compactMap { member in
            member.value.kind == .object ? (member.name, member.value.value) : nil
        }
    }
}

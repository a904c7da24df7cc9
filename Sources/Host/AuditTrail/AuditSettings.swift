/// Where the audit trail lies and what stands in it.
package struct AuditSettings: Hashable, Sendable {
    /// A folder of its own, which is made when it is not there.
    package var folder: String
    /// A file that has so many bytes is followed by the next.
    package var fileBytes: Int
    /// How long a finished file is kept.
    package var retention: Duration
    /// How many calls may wait to be written; one more is lost, counted, and told of in the trail.
    package var waiting: Int
    /// Arguments that are written as they are, by the outside names of their tools; `*` stands for all of a tool's.
    ///
    /// Of others there is a digest of all together.
    package var clearArguments: [String: Set<String>]

    package init(
        folder: String,
        fileBytes: Int = 64 << 20,
        retention: Duration = .seconds(180 * 86_400),
        waiting: Int = 8192,
        clearArguments: [String: Set<String>] = [:]
    ) {
        self.folder = folder
        self.fileBytes = fileBytes
        self.retention = retention
        self.waiting = waiting
        self.clearArguments = clearArguments
    }
}

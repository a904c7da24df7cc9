/// Reads back what the audit trail says, for those who may read of some namespaces.
package protocol AuditSearching: Sendable {
    /// The newest lines that match, as far as one search reaches; nothing that another namespace can be seen by.
    func search(_ question: AuditQuestion) async -> AuditFinding
}

/// What somebody looks for in the trail; what is nil matches all.
package struct AuditQuestion: Hashable, Sendable {
    /// Only lines about these are found.
    package let namespaces: Set<String>
    package var event: String?
    package var subject: String?
    package var item: String?
    package var outcome: String?
    package var requestID: String?
    /// Times as in the trail, or the beginning of one.
    package var since: String?
    package var until: String?
    /// How many lines at most, from 1.
    package var limit = 20
    /// How many bytes of lines at most; one is given also when it is longer.
    package var budgetBytes = 24 << 10
    /// Where an earlier search ended.
    package var cursor: String?

    package init(namespaces: Set<String>) {
        self.namespaces = namespaces
    }
}

/// What a search found.
package enum AuditFinding: Hashable, Sendable {
    /// The lines as JSON objects, the newest first, and where to go on; nil when there is nothing older.
    case lines([[UInt8]], nextCursor: String?)
    /// The cursor is of another gateway or run, or of somebody who may read other namespaces.
    case badCursor
    /// As many searches wait as may.
    case busy
    /// The trail cannot be read.
    case unavailable
}

import JSON
import PluginKit

/// A rule that keeps copies of data.
package struct RucioRule: Encodable, Sendable, PositionedItem {
    /// How many files are where they should be.
    package struct Locks: Encodable, Sendable {
        let done: Int
        let replicating: Int
        let stuck: Int
    }

    let id: String
    let did: String?
    let account: String?
    let state: String
    let rseExpression: String?
    let copies: Int?
    let locks: Locks
    let created: Timestamp?
    let updated: Timestamp?
    let expires: Timestamp?
    let activity: String?
    let comment: String?
    let error: String?
    var position: Int?

    private enum CodingKeys: String, CodingKey {
        case id = "rule_id"
        case did, account, state
        case rseExpression = "rse_expression"
        case copies, locks, created, updated, expires, activity, comment, error
    }

    init?(_ record: RucioRecord) {
        guard let id = record.text("id", limit: 64) else { return nil }
        self.id = id
        did = record.did
        account = record.text("account", limit: 64)
        state = record.text("state", limit: 32) ?? "UNKNOWN"
        rseExpression = record.text("rse_expression", limit: 256)
        copies = record.integer("copies")
        locks = Locks(
            done: record.integer("locks_ok_cnt") ?? 0,
            replicating: record.integer("locks_replicating_cnt") ?? 0,
            stuck: record.integer("locks_stuck_cnt") ?? 0
        )
        created = record.time("created_at")
        updated = record.time("updated_at")
        expires = record.time("expires_at")
        activity = record.text("activity", limit: 64)
        comment = record.text("comments", limit: 256)
        error = record.text("error", limit: 256)
    }

    static let states = ["OK", "REPLICATING", "STUCK", "SUSPENDED", "WAITING_APPROVAL", "INJECT"]

    static let properties: [Schema.Property] = [
        .required("rule_id", .string()),
        .optional("did", .string("What it keeps, as scope:name.")),
        .optional("account", .string("Whose rule it is, and whose quota it counts for.")),
        .required("state", .string("OK, REPLICATING, STUCK, SUSPENDED, WAITING_APPROVAL or INJECT.")),
        .optional("rse_expression", .string("Where the copies are to be.")),
        .optional("copies", .integer("How many.", minimum: 0)),
        .required(
            "locks",
            .object(
                [
                    .required("done", .integer(minimum: 0)), .required("replicating", .integer(minimum: 0)),
                    .required("stuck", .integer(minimum: 0)),
                ],
                "Files that are there, on the way, and stuck."
            )
        ),
        .optional("created", .time()),
        .optional("updated", .time()),
        .optional("expires", .time("When it ends; absent for never.")),
        .optional("activity", .string()),
        .optional("comment", .untrustedText("What its owner wrote.")),
        .optional("error", .untrustedText("What went wrong last.")),
    ]
}

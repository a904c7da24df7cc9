package import JSON

/// A status of iDDS, which its interfaces write as a name, as a number, or as an object that holds both.
package struct IDDSStatus: Hashable, Sendable {
    /// What has the status; some numbers mean different things.
    package enum Kind: Hashable, Sendable {
        case request, transform, content
    }

    /// The name; `Unknown` or `Unknown(<number>)` when there is none.
    package let name: String

    /// Takes a name, in whatever case, or a number as text.
    ///
    /// A name that is not in the tables stays as it is, without hidden characters, cut at 32 characters.
    package init(_ text: String, _ kind: Kind) {
        name = Self.name(text, kind)
    }

    /// Takes a number.
    package init(_ number: Int, _ kind: Kind) {
        name = Self.name(number, kind)
    }

    /// Takes a name, a number, or `{"attributes": {"_name_", "_value_"}}`, the form of Python enumerations.
    package init(_ node: JSONNode?, _ kind: Kind) {
        let attributes = node?["attributes"]
        let value = attributes?["_name_"] ?? attributes?["_value_"] ?? node
        if let text = value?.string {
            name = Self.name(text, kind)
        } else if let number = value?.integer {
            name = Self.name(number, kind)
        } else {
            name = "Unknown"
        }
    }

    /// The statuses of requests, by number.
    package static let requestNames = shared + ["Throttling", "ToClose"]

    private static let transformNames = shared + ["Queue", "Throttling", "WaitForTrigger"]

    private static let shared = [
        "New", "Ready", "Transforming", "Finished", "SubFinished", "Failed", "Extend", "ToCancel", "Cancelling",
        "Cancelled", "ToSuspend", "Suspending", "Suspended", "ToResume", "Resuming", "ToExpire", "Expiring",
        "Expired", "ToFinish", "ToForceFinish", "Terminating", "Building", "Built",
    ]

    private static let contentNames = [
        "New", "Processing", "Available", "Failed", "FinalFailed", "Lost", "Deleted", "Mapped", "FakeAvailable",
        "Missing", "Cancelled", "Activated", "SubAvailable", "FinalSubAvailable", "PreProcessing",
    ]

    private static func names(_ kind: Kind) -> [String] {
        switch kind {
        case .request: requestNames
        case .transform: transformNames
        case .content: contentNames
        }
    }

    private static func name(_ text: String, _ kind: Kind) -> String {
        if let number = Int(text) { return name(number, kind) }
        let wanted = text.lowercased()
        if let known = names(kind).first(where: { $0.lowercased() == wanted }) { return known }
        let line = IDDSRecord.line(text, limit: 32)
        return line.isEmpty ? "Unknown" : line
    }

    private static func name(_ number: Int, _ kind: Kind) -> String {
        let names = names(kind)
        return names.indices.contains(number) ? names[number] : "Unknown(\(number))"
    }
}

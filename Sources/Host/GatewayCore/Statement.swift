package import JSON

/// What a provider wants a user to agree to, in its own words: they name it when the call begins again.
package struct Statement: Hashable, Sendable {
    /// What would be done, a verb.
    package let action: String
    /// What it would be done to.
    package let target: String
    package let details: String?

    package init(action: String, target: String, details: String? = nil) {
        self.action = action
        self.target = target
        self.details = details
    }

    /// Writes it as an object, with what the user said when that is known.
    package func write(granted: Bool?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("action")
        writer.write(action)
        writer.name("target")
        writer.write(target)
        if let details {
            writer.name("details")
            writer.write(details)
        }
        if let granted {
            writer.name("granted")
            writer.write(granted)
        }
        writer.endObject()
    }
}

/// A statement and what the user said to it.
package struct Agreement: Hashable, Sendable {
    package let statement: Statement
    package let isGranted: Bool

    package init(_ statement: Statement, isGranted: Bool) {
        self.statement = statement
        self.isGranted = isGranted
    }
}

package import PluginKit

/// Another attempt at the work of a job: PanDA makes a new job of each.
package struct JobRetry: Encodable, Hashable, Sendable {
    package let pandaid: Int
    package let status: String?
    package let attempt: Int?
    package let site: String?

    package init(pandaid: Int, status: String? = nil, attempt: Int? = nil, site: String? = nil) {
        self.pandaid = pandaid
        self.status = status
        self.attempt = attempt
        self.site = site
    }

    static let schema = Schema.object([
        .required("pandaid", .integer("Its PanDA job id: a larger one is a later attempt.")),
        .optional("status", .string("Its state.")),
        .optional("attempt", .integer("Which attempt it is.")),
        .optional("site", .string("The queue.")),
    ])
}

/// Finds the other attempts at the work of a job; each experiment has its own source.
package protocol RetryReading: Sendable {
    /// The other attempts, oldest first; none where there are none.
    func retries(of job: JobFacts, in context: CallContext) async throws(ToolError) -> [JobRetry]
}

extension RetryReading {
    /// Fills in the other attempts of a job that did not succeed or is itself one, or says why they cannot be had.
    func fill(_ facts: inout JobFacts, in context: CallContext) async throws(ToolError) {
        guard facts.parent != nil || FailureQuery.states.contains(facts.status) else { return }
        do throws(ToolError) {
            facts.retries = try await retries(of: facts, in: context)
        } catch {
            guard error.code != .cancelled else { throw error }
            facts.missingParts.append("retries: could not be looked up (\(error.code))")
        }
    }
}

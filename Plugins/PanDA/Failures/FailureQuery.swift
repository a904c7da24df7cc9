package import JSON
import PluginKit

/// Which failed, cancelled and closed jobs are wanted.
package struct FailureQuery: Hashable, Sendable {
    /// The states of jobs that did not succeed.
    package static let states = ["failed", "cancelled", "closed"]

    package var question: WindowedQuestion
    /// Exact, or a pattern when it holds `%`; the same for `site`.
    package var username: String?
    package var site: String?
    package var taskID: Int?
    package var requestID: Int?
    /// Only jobs with output for this storage; exact, or a pattern when it holds `%`.
    package var destination: String?
    /// Only jobs for which this component reports an error.
    package var component: ErrorComponent?
    package var limit: Int

    /// The filters as they are shown in the answer, the component under the name the tool has for it.
    package func filters(componentName: String) -> JSONValue {
        var filters = JSONObject()
        filters["username"] = username.map(JSONValue.string)
        filters["site"] = site.map(JSONValue.string)
        filters["taskid"] = taskID.map(JSONValue.integer)
        filters["reqid"] = requestID.map(JSONValue.integer)
        filters["destinationse"] = destination.map(JSONValue.string)
        filters[componentName] = component.map { .string($0.rawValue) }
        filters["limit"] = .integer(limit)
        return .object(filters)
    }

    /// Reads a component as callers write it.
    /// - Throws: `ToolError` with `invalid_argument` for a word that names none.
    static func component(_ text: String?, _ name: String) throws(ToolError) -> ErrorComponent? {
        guard let text, !text.isEmpty else { return nil }
        guard let component = ErrorComponent(name: text) else {
            let known = ErrorComponent.allCases.map(\.rawValue).joined(separator: ", ")
            throw ToolError(.invalidArgument, "\(name): is none of \(known).")
        }
        return component
    }
}

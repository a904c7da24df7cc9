package import JSON

/// Which queues are wanted; words compare without regard to case.
package struct QueueFilter: Hashable, Sendable {
    package var vo: String?
    package var status: String?
    package var state: String?
    package var cloud: String?
    package var site: String?
    package var resourceType: String?
    /// A part of the queue's name.
    package var search: String?

    /// Whether a queue is wanted.
    package func matches(_ queue: QueueItem) -> Bool {
        let words = [
            (vo, queue.vo), (status, queue.status), (state, queue.state), (cloud, queue.cloud),
            (resourceType, queue.resourceType),
        ]
        guard words.allSatisfy({ Self.isSame($0.0, $0.1) }) else { return false }
        guard Self.isSame(site, queue.site) || Self.isSame(site, queue.name) else { return false }
        guard let search, !search.isEmpty else { return true }
        return queue.name.lowercased().contains(search.lowercased())
    }

    private static func isSame(_ wanted: String?, _ value: String?) -> Bool {
        guard let wanted, !wanted.isEmpty else { return true }
        return wanted.lowercased() == value?.lowercased()
    }

    /// The filters as they are shown in the answer.
    package var shown: JSONValue {
        var filters = JSONObject()
        filters["vo"] = vo.map(JSONValue.string)
        filters["status"] = status.map(JSONValue.string)
        filters["state"] = state.map(JSONValue.string)
        filters["cloud"] = cloud.map(JSONValue.string)
        filters["site"] = site.map(JSONValue.string)
        filters["resource_type"] = resourceType.map(JSONValue.string)
        filters["search"] = search.map(JSONValue.string)
        return .object(filters)
    }
}

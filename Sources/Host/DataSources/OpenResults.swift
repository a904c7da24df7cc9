internal import GatewayCore
internal import Synchronization

/// The results of one plugin that wait for `source.fetch`.
///
/// A handle is 128 random bits, works for the request it was given to, once per page, and dies with that request,
/// when unused for a while, or with its last page. What has died is dropped at the next use.
final class OpenResults: Sendable {
    /// The rest of a result.
    struct Entry: Sendable {
        var pages: RowPages
        /// Whether the source had more rows than it returned.
        let isTruncated: Bool
        /// The request's call; nil when the plugin asked for itself.
        let parent: UInt64?
    }

    private struct Kept {
        let entry: Entry
        let expires: Deadline
    }

    private let limits: SourceLimits
    private let kept = Mutex<[String: Kept]>([:])

    init(limits: SourceLimits) {
        self.limits = limits
    }

    /// How many results are open.
    var count: Int {
        kept.withLock { kept in
            Self.dropExpired(&kept)
            return kept.count
        }
    }

    /// Keeps the rest of a result under a new handle.
    /// - Throws: `busy` when too many results, or too many bytes of them, are open.
    func keep(_ entry: Entry) throws(ServiceFailure) -> String {
        let handle = RequestID().description
        let expires = Deadline.after(limits.openFor)
        let isKept = kept.withLock { kept in
            Self.dropExpired(&kept)
            let bytes = kept.values.reduce(entry.pages.byteCount) { $0 + $1.entry.pages.byteCount }
            guard kept.count < limits.openResults, bytes <= limits.openBytes else { return false }
            kept[handle] = Kept(entry: entry, expires: expires)
            return true
        }
        guard isKept else {
            throw ServiceFailure(
                .busy,
                "Too many results are open.",
                hint: "Fetch or drop earlier results first, or ask for fewer rows.",
                retryAfterMilliseconds: 1000
            )
        }
        return handle
    }

    /// Takes the rest of a result; its handle is used up.
    /// - Throws: `notFound` for a handle that is unknown, dead or another request's.
    func take(_ handle: String, parent: UInt64?) throws(ServiceFailure) -> Entry {
        let entry: Entry? = kept.withLock { kept in
            Self.dropExpired(&kept)
            guard let found = kept[handle], found.entry.parent == parent else { return nil }
            kept[handle] = nil
            return found.entry
        }
        guard let entry else {
            throw ServiceFailure(.notFound, "There is no such result any more.", hint: "Repeat the query.")
        }
        return entry
    }

    /// Drops the results of a request that has ended.
    func drop(parent: UInt64) {
        kept.withLock { kept in
            kept = kept.filter { $0.value.entry.parent != parent }
        }
    }

    private static func dropExpired(_ kept: inout [String: Kept]) {
        guard kept.values.contains(where: \.expires.hasPassed) else { return }
        kept = kept.filter { !$0.value.expires.hasPassed }
    }
}

import GatewayCore
import MCPModel
import Synchronization

/// The items of a kind in a view as those see them who may see the same: found once, and each page written once.
final class VisibleItems: Sendable {
    /// What it depends on, beside the snapshot.
    struct Key: Hashable {
        let kind: ItemDescription.Kind
        let view: View
        let visibility: Visibility
    }

    private struct Page: Hashable {
        let revision: Revision
        let start: Int
    }

    /// Tells one list from another; equal lists have equal ones.
    let fingerprint: UInt64
    private let items: [CatalogItem]
    private let isPrefixed: Bool
    private let pages = Mutex<[Page: [UInt8]]>([:])

    init(_ items: [CatalogItem], isPrefixed: Bool) {
        self.items = items
        fingerprint = Fingerprint.combined(items.map(\.fingerprint))
        self.isPrefixed = isPrefixed
    }

    var count: Int { items.count }

    /// The definitions of some items, with commas between them.
    func definitions(_ range: Range<Int>, _ revision: Revision, isPage: Bool) -> [UInt8] {
        let page = Page(revision: revision, start: range.lowerBound)
        if isPage, let known = pages.withLock({ $0[page] }) { return known }
        let definitions = items[range].map { $0.definition(revision, isPrefixed: isPrefixed) }
        let bytes = Array(definitions.joined(separator: [UInt8(ascii: ",")]))
        if isPage { pages.withLock { $0[page] = bytes } }
        return bytes
    }
}

package import GatewayCore
package import MCPModel
import Synchronization

/// The tools there are now, shown to each caller as far as it may see them.
///
/// Readers take the current snapshot and go; a new one does not disturb calls under way.
package final class Catalog: ToolRouting, ToolListing {
    let policy: any PolicyDeciding
    let pageSize: Int
    private let listed: ListedLimits
    private let gatewayTools: GatewayToolSet
    let provenance: (any ProvenanceKeeping)?
    let audit: (any AuditSearching)?
    let officers: AuditOfficers
    private let current: Mutex<CatalogSnapshot>

    /// Creates a catalog whose lists have pages of `pageSize` tools, at least 1.
    package init(
        _ snapshot: CatalogSnapshot = CatalogSnapshot([]),
        policy: any PolicyDeciding,
        pageSize: Int = 250,
        listed: ListedLimits = ListedLimits(),
        provenance: (any ProvenanceKeeping)? = nil,
        audit: (any AuditSearching)? = nil,
        officers: AuditOfficers = AuditOfficers()
    ) {
        gatewayTools = GatewayToolSet(
            keepsProvenance: provenance != nil,
            hasOfficers: audit != nil && !officers.isEmpty
        )
        self.audit = audit
        self.officers = officers
        self.provenance = provenance
        self.policy = policy
        self.pageSize = max(1, pageSize)
        self.listed = listed
        current = Mutex(snapshot)
    }

    /// What there is now.
    package var snapshot: CatalogSnapshot { current.withLock { $0 } }

    /// Puts another snapshot in place of the current one.
    package func replace(with snapshot: CatalogSnapshot) {
        current.withLock { $0 = snapshot }
    }

    package func route(toTool name: String, in view: View) -> ToolRoute? {
        if let own = gatewayTools.tool(name), own.isThere(in: view) {
            let provider = GatewayToolProvider(catalog: self, view: view)
            return own.route(to: provider, for: own.place == .forOfficers ? officers.roles(in: view) : nil)
        }
        return snapshot.route(toTool: name, in: view)
    }

    package func tools(
        in view: View,
        for principal: Principal,
        form: ToolForm,
        after cursor: String?
    ) throws(CursorError) -> ToolPage {
        let snapshot = snapshot
        let visible = visibleTools(of: snapshot, in: view, for: principal)
        let isSearched = isSearched(visible, in: view)
        var start = 0
        if let cursor {
            start = Int(try PageCursor(cursor, generation: visible.fingerprint, view: view).position)
            guard !isSearched, (1..<max(1, visible.count)).contains(start) else { throw .invalid }
        }
        let own = gatewayTools.definitions(
            form,
            isSearched: isSearched,
            experiments: visible.namespaces.count,
            isOfficer: !officers.namespaces(readBy: principal, in: view).isEmpty
        )
        if isSearched {
            return ToolPage(definitions: Array(own.joined(separator: [UInt8(ascii: ",")])), nextCursor: nil)
        }
        let end = min(start + pageSize, visible.count)
        let next = PageCursor(generation: visible.fingerprint, view: view, position: end)
        var definitions = visible.definitions(start..<end, form, isPage: start.isMultiple(of: pageSize))
        if end == visible.count {
            for definition in own {
                definitions += (definitions.isEmpty ? [] : [UInt8(ascii: ",")]) + definition
            }
        }
        return ToolPage(definitions: definitions, nextCursor: end < visible.count ? next.text : nil)
    }

    package func namespaces(in view: View, for principal: Principal) -> [NamespaceSummary] {
        visibleTools(in: view, for: principal).namespaces
    }

    package func hasInterfaces(in view: View, for principal: Principal) -> Bool {
        visibleTools(in: view, for: principal).hasInterfaces
    }

    package func isSearched(_ view: View, for principal: Principal) -> Bool {
        isSearched(visibleTools(in: view, for: principal), in: view)
    }

    /// What a caller may see of a view now.
    func visibleTools(in view: View, for principal: Principal) -> VisibleTools {
        visibleTools(of: snapshot, in: view, for: principal)
    }

    private func isSearched(_ visible: VisibleTools, in view: View) -> Bool {
        switch view.listing {
        case .all: false
        case .search: true
        case .auto: visible.count > listed.tools || visible.definitionBytes > listed.bytes
        }
    }

    private func visibleTools(of snapshot: CatalogSnapshot, in view: View, for principal: Principal) -> VisibleTools {
        let key = VisibleTools.Key(view: view, visibility: policy.visibility(for: principal))
        return snapshot.visibleTools(key) {
            VisibleTools(snapshot, view) { policy.decision(on: $0.route.item, for: principal).isVisible }
        }
    }
}

package import GatewayCore
package import MCPModel

extension Catalog: ItemRouting {
    package func route(toResource uri: String, in view: View) -> ItemRoute? {
        let items = snapshot.items
        return Self.localURIs(uri, in: view).lazy.compactMap { items.route(toResource: $0.local, of: $0.namespace) }
            .first
    }

    package func route(toTemplate template: String, in view: View) -> ItemRoute? {
        let items = snapshot.items
        return Self.localURIs(template, in: view).lazy
            .compactMap { items.route(toTemplate: $0.local, of: $0.namespace) }.first
    }

    package func route(toPrompt name: String, in view: View) -> ItemRoute? {
        let items = snapshot.items
        if let namespace = view.onlyNamespace, !view.isPrefixed { return items.route(toPrompt: name, of: namespace) }
        guard let underscore = name.firstIndex(of: "_") else { return nil }
        let namespace = String(name[..<underscore])
        guard view.isPrefixed, view.contains(namespace: namespace) else { return nil }
        return items.route(toPrompt: String(name[name.index(after: underscore)...]), of: namespace)
    }

    /// The route of a resource by its local URI; nil when its namespace has none.
    package func route(toLocalResource uri: String, of namespace: String) -> ItemRoute? {
        snapshot.items.route(toResource: uri, of: namespace)
    }

    /// What a URI may name: outside URIs are read in every view, local ones where there is one namespace.
    private static func localURIs(_ uri: String, in view: View) -> [(namespace: String, local: String)] {
        guard uri.utf8.count <= OutsideURI.longest else { return [] }
        var readings: [(namespace: String, local: String)] = []
        if !view.isPrefixed, let namespace = view.onlyNamespace { readings.append((namespace, uri)) }
        if let outside = OutsideURI.split(uri), view.contains(namespace: outside.namespace) { readings.append(outside) }
        return readings
    }
}

extension Catalog: ItemListing {
    package func items(
        _ kind: ItemDescription.Kind,
        in view: View,
        for principal: Principal,
        revision: Revision,
        after cursor: String?
    ) throws(CursorError) -> ItemPage {
        let snapshot = snapshot
        let visible = visibleItems(kind, of: snapshot, in: view, for: principal)
        var start = 0
        if let cursor {
            let position = try PageCursor(cursor, generation: visible.fingerprint, view: view, list: kind.listMember)
            start = Int(position.position)
            guard (1..<max(1, visible.count)).contains(start) else { throw .invalid }
        }
        let end = min(start + pageSize, visible.count)
        let next = PageCursor(generation: visible.fingerprint, view: view, list: kind.listMember, position: end)
        return ItemPage(
            kind: kind,
            definitions: visible.definitions(start..<end, revision, isPage: start.isMultiple(of: pageSize)),
            nextCursor: end < visible.count ? next.text : nil
        )
    }

    /// Tells what a caller finds in a list from what it found before: equal lists have equal fingerprints.
    package func fingerprint(of list: ListKind, in view: View, for principal: Principal) -> UInt64 {
        let snapshot = snapshot
        let items: (ItemDescription.Kind) -> UInt64 = { kind in
            self.visibleItems(kind, of: snapshot, in: view, for: principal).fingerprint
        }
        return switch list {
        case .tools: visibleTools(in: view, for: principal).fingerprint
        case .resources: Fingerprint.combined([items(.resource), items(.template)])
        case .prompts: items(.prompt)
        }
    }

    private func visibleItems(
        _ kind: ItemDescription.Kind,
        of snapshot: CatalogSnapshot,
        in view: View,
        for principal: Principal
    ) -> VisibleItems {
        let key = VisibleItems.Key(kind: kind, view: view, visibility: policy.visibility(for: principal))
        return snapshot.visibleItems(key) {
            let shown = snapshot.sections(of: view).map(\.summary.name)
            let items = snapshot.items.all(kind).filter { item in
                shown.contains(item.route.item.namespace)
                    && policy.decision(on: item.route.item, for: principal).isVisible
            }
            return VisibleItems(items, isPrefixed: view.isPrefixed)
        }
    }
}

package import GatewayCore
package import JSON

/// A request to be told of changes (2026-07-28 basic/utilities/subscriptions).
package struct ListenRequest: Sendable {
    package static let method = "subscriptions/listen"
    /// How many resources one stream may watch.
    package static let mostResources = 256

    /// The lists asked for.
    package let lists: Set<ListKind>
    /// The resources asked for, in the order given.
    package let resources: [String]

    /// Reads the parameters; kinds of notification that are not known are not granted, which the client is told.
    /// - Throws: -32602 naming the member that is wrong.
    package init(_ parameters: JSONNode?) throws(ProtocolError) {
        guard let filter = parameters?["notifications"], filter.kind == .object else {
            throw ProtocolError(.invalidParameters, "params.notifications is required and must be an object.")
        }
        var lists: Set<ListKind> = []
        for kind in ListKind.allCases {
            guard let node = filter[kind.filterMember] else { continue }
            guard let isWanted = node.bool else {
                throw ProtocolError(.invalidParameters, "params.notifications.\(kind.filterMember) must be a boolean.")
            }
            if isWanted { lists.insert(kind) }
        }
        var resources: [String] = []
        if let node = filter["resourceSubscriptions"] {
            guard node.kind == .array else { throw Self.badResources }
            var count = 0
            for element in node.elements {
                count += 1
                guard count <= Self.mostResources else {
                    throw ProtocolError(
                        .invalidParameters,
                        "params.notifications.resourceSubscriptions has more than \(Self.mostResources) resources."
                    )
                }
                guard let uri = element.string else { throw Self.badResources }
                resources.append(uri)
            }
        }
        self.lists = lists
        self.resources = resources
    }

    private static let badResources = ProtocolError(
        .invalidParameters,
        "params.notifications.resourceSubscriptions must be an array of strings."
    )
}

extension ListKind {
    /// The member of the filter that asks for the list's changes.
    package var filterMember: String { rawValue + "ListChanged" }
}

/// Word that something has changed.
package enum ChangeNotification: Hashable, Sendable {
    case list(ListKind)
    /// A resource, by the address its watcher gave.
    case resource(String)
}

import GatewayCore
import HTTPServer
import MCPModel

/// Opens streams of changes for clients of both eras.
struct Listening: Sendable {
    let hub: SubscriptionHub
    let routing: any ItemRouting
    let policy: any PolicyDeciding
    let encoder: MessageEncoder
    let keepAlive: Duration
    /// How long a stream of a caller without a token may last.
    private static let longest = Duration.seconds(3600)

    /// Answers `subscriptions/listen`: what is granted first, then changes.
    ///
    /// A resource is granted when the caller may read it; of the others nothing is said.
    func listen(_ request: ListenRequest, id: RequestIdentifier, _ caller: Caller) -> HTTPResponse {
        var resources: [Subscription.Resource: String] = [:]
        var granted: [String] = []
        for uri in request.resources {
            // Two addresses of one resource: the first is told of.
            guard let resource = resource(uri, caller), resources[resource] == nil else { continue }
            resources[resource] = uri
            granted.append(uri)
        }
        let subscription = Subscription(
            caller,
            lists: request.lists,
            resources: resources,
            among: hub.watchers
        )
        guard hub.add(subscription) else { return tooMany(id) }
        return ChangeStream(
            hub: hub,
            subscription: subscription,
            encoder: encoder,
            keepAlive: keepAlive,
            lifetime: caller.lifetime ?? Self.longest,
            tag: id,
            greeting: { [granted] in encoder.acknowledgement(of: request.lists, resources: granted, to: id) },
            isStillKnown: caller.isStillKnown
        ).response
    }

    /// Answers `GET` in a session: changes of all lists, and of the resources the session watches.
    ///
    /// The stream keeps the session in use; `isAlive` says so, and whether there still is one.
    func stream(of session: Session, _ caller: Caller, isAlive: @escaping @Sendable () -> Bool) -> HTTPResponse {
        let opened = session.watched.open { resources, former in
            // The session's owner may have another token now, with other roles.
            let readable = resources.filter { resource($0.value, caller) == $0.key }
            let subscription = Subscription(
                caller,
                lists: Set(ListKind.allCases),
                resources: readable,
                among: hub.watchers,
                after: former
            )
            return hub.add(subscription) ? subscription : nil
        }
        guard let subscription = opened else { return tooMany(nil) }
        return ChangeStream(
            hub: hub,
            subscription: subscription,
            encoder: encoder,
            keepAlive: keepAlive,
            lifetime: caller.lifetime ?? Self.longest,
            tag: nil,
            greeting: { [] },
            isStillKnown: caller.isStillKnown,
            isAlive: isAlive
        ).response
    }

    /// The resource an address names, if the caller may read it.
    func resource(_ uri: String, _ caller: Caller) -> Subscription.Resource? {
        guard let route = routing.route(toResource: uri, in: caller.view),
            policy.decision(on: route.item, for: caller.principal) == .allowed
        else { return nil }
        return Subscription.Resource(namespace: route.item.namespace, local: route.localName)
    }

    private func tooMany(_ id: RequestIdentifier?) -> HTTPResponse {
        let error = ProtocolError(
            .internalError,
            "There are too many streams, or they watch too many resources. Try again later."
        )
        return .message(encoder.error(error, to: id), status: 503, [HTTPField("Retry-After", "30")])
    }
}

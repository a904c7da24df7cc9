import GatewayCore

/// Which paths lead where; a slash at the end makes no difference.
struct RouteTable: Sendable {
    private let prefix: String
    private var views: [String: View] = [:]

    init(views: [View], prefix: String) {
        self.prefix = prefix
        for view in views { self.views[Self.withoutSlash(view.path)] = view }
    }

    /// What a path leads to; nil for nothing.
    ///
    /// The prefix of the public URL may be there or not: some proxies pass it on and some take it off.
    func route(_ path: String) -> Route? {
        let path = Self.withoutSlash(path)
        if let view = view(at: path) { return .view(view) }
        let below = Self.without(WellKnownDocument.path, path) ?? Self.without(prefix + WellKnownDocument.path, path)
        guard let below else { return nil }
        return below.isEmpty || below == prefix || view(at: below) != nil ? .resourceMetadata : nil
    }

    private func view(at path: String) -> View? {
        views[path] ?? Self.without(prefix, path).flatMap { views[$0] }
    }

    /// What is left of a path below another; nil when it does not lie there.
    private static func without(_ prefix: String, _ path: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        return rest.isEmpty || rest.hasPrefix("/") ? String(rest) : nil
    }

    private static func withoutSlash(_ path: String) -> String {
        path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}

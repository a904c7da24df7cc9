import JSON

/// What `beamline_find_tools` is asked; its schema has been checked.
struct FindToolsInput {
    static let usualLimit = 8
    static let largestLimit = 25

    let query: String
    let namespace: String?
    let limit: Int

    init(_ arguments: JSONNode) {
        query = arguments["query"]?.string ?? ""
        namespace = arguments["namespace"]?.string
        limit = min(max(1, arguments["limit"]?.integer ?? Self.usualLimit), Self.largestLimit)
    }
}

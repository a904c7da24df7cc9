import GatewayCore

/// What a plugin did with a request.
struct ProbeResult: Sendable {
    /// Whether `complete` was called for it.
    let isCompleted: Bool
    /// The number the plugin passed to `complete`, or returned from `submit` when it refused the request.
    let number: Int32
    let flags: UInt32
    let structured: [UInt8]
    let content: [UInt8]
    let meta: [UInt8]

    init(isCompleted: Bool, number: Int32, flags: UInt32, structured: [UInt8], content: [UInt8], meta: [UInt8]) {
        self.isCompleted = isCompleted
        self.number = number
        self.flags = flags
        self.structured = structured
        self.content = content
        self.meta = meta
    }

    /// A request that was refused, or not answered in time.
    init(refused number: Int32) {
        self.init(isCompleted: false, number: number, flags: 0, structured: [], content: [], meta: [])
    }

    /// The status; nil for a number that means nothing.
    var status: PluginStatus? { PluginStatus(rawValue: number) }
    var isOK: Bool { isCompleted && number == PluginStatus.ok.rawValue }
}

/// A request as a check sends it.
struct ProbeRequest: Sendable {
    let method: UInt32
    let name: String
    let body: [UInt8]

    init(_ method: UInt32, _ name: String = "", _ body: [UInt8] = Array("{}".utf8)) {
        self.method = method
        self.name = name
        self.body = body
    }
}

/// What a plugin has done to its host so far.
struct ProbeCounts: Hashable, Sendable {
    let completed, stale, refused, unreadable, misplaced: UInt64
    let emitted, progressed, invoked: UInt64
    /// Out of order: before the first request, of calls that had ended, and after STOP.
    let early, late, stopped: UInt64
}

/// How the host behaves.
struct ProbeMode: OptionSet, Sendable {
    let rawValue: UInt32

    /// What is lent ends at an unreadable page and is unreadable afterwards; all structs have their shortest size.
    static let guarded = ProbeMode(rawValue: 1)
    /// A later minor version, with longer structs and flags nobody knows.
    static let future = ProbeMode(rawValue: 2)
    /// Services stay unanswered.
    static let silent = ProbeMode(rawValue: 4)
}

public import JSON

/// Everything a tool knows about the call it answers, and how it reaches the host.
public struct CallContext: Sendable {
    /// Who calls.
    public let caller: Caller
    /// The gateway's name for the request, for logs.
    public let requestID: String
    /// How large the structured answer should stay, in bytes; cut at a record and say so.
    public let budgetBytes: Int
    /// What the client wants to hear before the answer.
    public let wants: Wants
    /// What the client can be asked, and what it answered.
    public let conversation: Conversation
    /// Now, in UTC; fixed for the whole call so that all its windows agree.
    public let now: Timestamp

    let host: any HostCalling

    /// Creates a context over a host; plugins get theirs from the bridge, tests from `PluginTesting`.
    public init(
        caller: Caller = Caller(),
        requestID: String = "",
        budgetBytes: Int = 32 << 10,
        wants: Wants = Wants(),
        conversation: Conversation = Conversation(),
        now: Timestamp,
        host: any HostCalling
    ) {
        self.caller = caller
        self.requestID = requestID
        self.budgetBytes = budgetBytes
        self.wants = wants
        self.conversation = conversation
        self.now = now
        self.host = host
    }

    /// A data source the manifest names; the host owns its address and credentials.
    public func source(_ name: String) -> DataSource {
        DataSource(name: name, host: host)
    }

    /// Writes to the operator's log; `tell` speaks to the client.
    ///
    /// No secrets, no free text of users.
    public func log(_ level: LogLevel, _ message: String) {
        host.log(level, message)
    }
}

/// Who calls, in this namespace's own words.
public struct Caller: Hashable, Sendable {
    /// The issuer of the identity these roles come from.
    public let issuer: String
    /// The issuer's stable name for the caller; empty for an anonymous one.
    public let subject: String
    /// A name for people.
    public let username: String?
    /// Local roles, such as `operator`.
    public let roles: Set<String>
    /// Local scopes, such as `read`.
    public let scopes: Set<String>

    /// Creates a caller.
    public init(
        issuer: String = "",
        subject: String = "",
        username: String? = nil,
        roles: Set<String> = [],
        scopes: Set<String> = []
    ) {
        self.issuer = issuer
        self.subject = subject
        self.username = username
        self.roles = roles
        self.scopes = scopes
    }
}

/// How loud a line of the operator's log is.
public enum LogLevel: UInt32, Hashable, Sendable {
    case trace = 0
    case debug, info, notice, warning, error, critical
}

/// The host as one call sees it; the bridge implements it over the C table, `PluginTesting` in memory.
public protocol HostCalling: Sendable {
    /// Asks for one operation (`source.query`, …) and waits for the reply.
    func invoke(_ operation: String, body: [UInt8]) async -> HostReply
    /// Tells the client how far the call has come.
    func progress(done: Double, total: Double?, note: String)
    /// Sends the client a message.
    func tell(_ level: MessageLevel, data: JSONValue, logger: String?)
    /// Says that something about the plugin has changed.
    func announce(_ change: PluginChange)
    /// Writes to the operator's log.
    func log(_ level: LogLevel, _ message: String)
}

extension HostCalling {
    /// Does nothing: for hosts without a client.
    public func tell(_ level: MessageLevel, data: JSONValue, logger: String?) {}

    /// Does nothing: for hosts that keep no lists.
    public func announce(_ change: PluginChange) {}
}

/// What the host answered: a status number of the plugin contract and a JSON body.
public struct HostReply: Sendable {
    /// The status of an operation that this gateway does not have.
    public static let unsupported: Int32 = 11

    /// 0 is success.
    public let status: Int32
    /// The operation's reply, or `{"message","hint"?}`.
    public let body: [UInt8]

    /// Creates a reply.
    public init(status: Int32, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

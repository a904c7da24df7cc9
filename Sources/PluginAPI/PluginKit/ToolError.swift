public import JSON

/// Why a tool could not answer, in words its caller may read.
///
/// Never put an upstream error's own text here: it can name hosts, users or queries. Log that instead.
public struct ToolError: Error, Hashable, Sendable {
    /// The kinds of failure a caller can act on.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        let status: Int32
        private let name: String

        private init(_ status: Int32, _ name: String) {
            self.status = status
            self.name = name
        }

        /// The arguments do not fit together, or name something impossible; the caller should correct them.
        public static let invalidArgument = Code(1, "invalid_argument")
        /// What was asked about does not exist.
        public static let notFound = Code(2, "not_found")
        /// The caller may not do this.
        public static let forbidden = Code(3, "forbidden")
        /// The state of things does not allow it now.
        public static let conflict = Code(4, "conflict")
        /// Something the tool needs does not answer.
        public static let unavailable = Code(5, "unavailable")
        /// It took too long.
        public static let timeout = Code(6, "timeout")
        /// The answer is larger than anybody wants.
        public static let tooLarge = Code(7, "too_large")
        /// Too many calls.
        public static let rateLimited = Code(8, "rate_limited")
        /// A fault of the tool itself.
        public static let `internal` = Code(9, "internal")
        /// Nobody waits for the answer any more.
        public static let cancelled = Code(10, "cancelled")
        /// Something must be known first: what `ask` and `consent` throw.
        public static let inputRequired = Code(12, "input_required")

        private static let known: [Code] = [
            .invalidArgument, .notFound, .forbidden, .conflict, .unavailable, .timeout, .tooLarge, .rateLimited,
            .internal, .cancelled, .inputRequired,
        ]

        /// The code of a status number; anything unknown is `internal`, a busy host is `unavailable`.
        init(status: Int32) {
            let wanted = status == 13 ? Code.unavailable.status : status
            self = Self.known.first { $0.status == wanted } ?? .internal
        }

        /// The code's name, of a fixed set: fit for a metric label.
        public var description: String { name }
    }

    /// What kind of failure this is.
    public let code: Code
    /// One sentence for the caller.
    public let message: String
    /// What to do instead, when there is something.
    public let hint: String?
    /// What the operator should know; goes to the log and never to the caller.
    public let detail: String?
    /// What the call asks, as it goes to the host; nil for what is no question.
    public let asked: JSONValue?
    /// The answer in the tool's own form; nil for a failure in the form all tools share.
    public let ownWords: JSONValue?

    /// Creates an error.
    public init(_ code: Code, _ message: String, hint: String? = nil, detail: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
        self.detail = detail
        asked = nil
        ownWords = nil
    }

    /// A failure that clients get as this very answer, marked as an error: for tools whose clients expect a form of
    /// their own.
    ///
    /// Names the kind of failure for those who catch it; the gateway counts it as an error of the tool.
    public init(_ code: Code, inOwnWords answer: JSONValue, detail: String? = nil) {
        self.code = code
        message = "The tool failed."
        hint = nil
        self.detail = detail
        asked = nil
        ownWords = answer
    }

    /// A call that asks.
    init(asked: JSONValue) {
        code = .inputRequired
        message = "The call needs to know something first."
        hint = nil
        detail = nil
        self.asked = asked
        ownWords = nil
    }
}

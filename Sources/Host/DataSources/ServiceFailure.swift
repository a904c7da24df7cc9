internal import GatewayCore
internal import JSON

/// Why an operation is not carried out, in words a plugin may pass on to its caller.
struct ServiceFailure: Error, Hashable {
    let status: PluginStatus
    let message: String
    var hint: String?
    var retryAfterMilliseconds: Int?

    init(_ status: PluginStatus, _ message: String, hint: String? = nil, retryAfterMilliseconds: Int? = nil) {
        self.status = status
        self.message = message
        self.hint = hint
        self.retryAfterMilliseconds = retryAfterMilliseconds
    }

    /// What a plugin hears of a source's failure: never the source's own words, unless they are ours.
    init(_ error: SourceError, of source: String) {
        switch error {
        case .invalid(let message): self.init(.invalidArgument, message)
        case .rejected: self.init(.internal, "The data source \"\(source)\" refused the request.")
        case .unavailable:
            self.init(
                .unavailable,
                "The data source \"\(source)\" is busy or out of reach.",
                hint: "Try again in a moment.",
                retryAfterMilliseconds: 1000
            )
        case .down(let retryAfter):
            self.init(
                .unavailable,
                "The data source \"\(source)\" is out of reach.",
                hint: "It is tried again by itself; ask again later.",
                retryAfterMilliseconds: max(1, retryAfter.wholeMilliseconds)
            )
        // No time to try again after: a message that is sent again may arrive twice.
        case .unconfirmed:
            self.init(
                .unavailable,
                "It is not known whether the message reached the data source \"\(source)\".",
                hint: "See whether it took effect before sending it again."
            )
        case .unanswered:
            self.init(
                .timeout,
                "The message reached the data source \"\(source)\", but no answer to it came.",
                hint: "Whoever answers there may be busy or gone."
            )
        case .timeout:
            self.init(.timeout, "The data source \"\(source)\" did not answer in time.", hint: "Ask for less.")
        case .tooLarge:
            self.init(.tooLarge, "The answer of the data source \"\(source)\" is too large.", hint: "Ask for less.")
        case .cancelled: self.init(.cancelled, "The operation was cancelled.")
        case .unsupported: self.init(.unsupported, "The data source \"\(source)\" does not offer this operation.")
        case .noCredential(let refusal):
            let error = refusal.error
            self.init(
                refusal.reason == .unavailable ? .unavailable : .forbidden,
                error.message,
                hint: error.hint,
                retryAfterMilliseconds: error.retryAfterMilliseconds
            )
        }
    }

    /// The answer to the plugin.
    var reply: ServiceReply {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("message")
        writer.write(message)
        if let hint {
            writer.name("hint")
            writer.write(hint)
        }
        if let retryAfterMilliseconds {
            writer.name("retry_after_ms")
            writer.write(retryAfterMilliseconds)
        }
        writer.endObject()
        return ServiceReply(status: status, body: writer.bytes)
    }
}

extension SourceError {
    /// What the operator should hear; nil when there is nothing an operator could do.
    var operatorDetail: String? {
        switch self {
        case .rejected(let detail), .unavailable(let detail), .unconfirmed(let detail), .unanswered(let detail): detail
        case .timeout: "no answer by the deadline"
        case .tooLarge: "the answer is larger than the limit"
        // What took the source down has been reported; what is turned away since would only fill the log.
        // Who gives credentials has reported what is wrong there.
        case .invalid, .down, .cancelled, .unsupported, .noCredential: nil
        }
    }
}

extension Duration {
    /// Rounded up.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

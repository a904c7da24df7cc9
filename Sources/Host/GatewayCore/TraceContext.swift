/// The place of a request in a distributed trace (W3C Trace Context, Recommendation of 2021-11-23).
///
/// Comes from a client and is believed by nobody: it names a trace in logs and at data sources, and decides nothing
/// but whether a statement carries it as a comment.
package struct TraceContext: Hashable, Sendable {
    private let traceHigh: UInt64
    private let traceLow: UInt64
    private let span: UInt64
    /// Whether the caller records this trace (`trace-flags` bit 0); other flags are not passed on (section 3.2.2.5).
    package let isSampled: Bool
    /// The vendors' own members (section 3.3), already checked; empty when there are none.
    package let traceState: String

    private init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool, traceState: String) {
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.span = span
        self.isSampled = isSampled
        self.traceState = traceState
    }

    /// Reads `traceparent` (section 3.2) and `tracestate` (section 3.3).
    ///
    /// Nil when `traceparent` is malformed; a malformed `tracestate` is dropped alone. A version above 00 is read as
    /// far as 00 goes, as section 4.3 says.
    package init?(traceParent: String, traceState: String = "") {
        let bytes = Array(traceParent.utf8.prefix(Self.longestParent + 1))
        guard bytes.count >= Self.parentLength, bytes.count <= Self.longestParent,
            [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let version = Self.number(bytes[0..<2]), version != 0xFF,
            bytes.count == Self.parentLength || (version > 0 && bytes[Self.parentLength] == UInt8(ascii: "-")),
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]), high != 0 || low != 0,
            let span = Self.number(bytes[36..<52]), span != 0,
            let flags = Self.number(bytes[53..<55])
        else { return nil }
        self.init(
            traceHigh: high,
            traceLow: low,
            span: span,
            isSampled: flags & 1 == 1,
            traceState: TraceState.checked(traceState)
        )
    }

    /// The same trace, one step further in: a new span under this one.
    package func child() -> TraceContext {
        var generator = SystemRandomNumberGenerator()
        let span = UInt64.random(in: 1...UInt64.max, using: &generator)
        return TraceContext(
            traceHigh: traceHigh,
            traceLow: traceLow,
            span: span,
            isSampled: isSampled,
            traceState: traceState
        )
    }

    /// Thirty-two lower-case hexadecimal digits, the same for the whole trace.
    package var traceID: String { Self.digits(traceHigh) + Self.digits(traceLow) }

    /// Sixteen lower-case hexadecimal digits.
    package var spanID: String { Self.digits(span) }

    /// The value of `traceparent`, in version 00.
    package var traceParent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// The comment that ties a statement in a database's log to its trace; nil for a trace nobody records.
    ///
    /// In the form of sqlcommenter. It differs with every call, so a driver must not keep a statement prepared with it.
    package var statementComment: String? { isSampled ? "/*traceparent='\(traceParent)'*/" : nil }

    /// The length of version 00, in bytes.
    private static let parentLength = 55
    /// No version in sight is longer; more is not read.
    private static let longestParent = 256

    /// The number of lower-case hexadecimal digits; nil for anything else.
    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for digit in digits {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
            default: return nil
            }
            number = number << 4 | UInt64(value)
        }
        return number
    }

    private static func digits(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}

package import GatewayCore

/// Gathers one answer as its pieces arrive, and says when to stop.
///
/// Pure: what calls it does the input and output.
package struct ResponseCollector: Sendable {
    /// Why an answer is not read on.
    package enum Stop: Hashable, Sendable {
        /// The body passed its cap and is to be cut.
        case truncated
        /// The body passed its cap and that is an error.
        case tooLarge
        case tooManyHeaderFields
        case headersTooLarge
    }

    /// What stopped the answer, if anything did.
    package private(set) var stop: Stop?
    package private(set) var headers: [HTTPField] = []
    package private(set) var body: [UInt8] = []

    private let maximumBytes: Int
    private let truncates: Bool
    private let limits: OutboundLimits
    private var headerBytes = 0
    private var headerFields = 0
    private var isInterim = false
    private var hasFinalHeaders = false

    package init(maximumBytes: Int, truncates: Bool, limits: OutboundLimits) {
        self.maximumBytes = maximumBytes
        self.truncates = truncates
        self.limits = limits
    }

    /// Takes one header line with its line end: a status line, a field, the empty line, or a trailer.
    ///
    /// Answers whether to read on. The limits count interim (1xx) answers and trailers, whose fields are not kept.
    package mutating func receiveHeaderLine(_ bytes: some Collection<UInt8>) -> Bool {
        headerBytes += bytes.count
        guard headerBytes <= limits.maximumHeaderBytes else { return end(.headersTooLarge) }
        let line = String(decoding: bytes, as: UTF8.self)
        let text = line.trimmingEnd()
        if !hasFinalHeaders, text.hasPrefix("HTTP/") {
            headers = []
            let status = text.split(separator: " ").dropFirst().first
            isInterim = status?.hasPrefix("1") == true
            return true
        }
        if text.isEmpty {
            if !isInterim { hasFinalHeaders = true }
            return true
        }
        headerFields += 1
        guard headerFields <= limits.maximumHeaderFields else { return end(.tooManyHeaderFields) }
        guard !hasFinalHeaders, !isInterim else { return true }
        keep(text)
        return true
    }

    /// Takes a piece of the body and answers whether to read on.
    package mutating func receiveBody(_ bytes: some Collection<UInt8>) -> Bool {
        let room = maximumBytes - body.count
        guard bytes.count > room else {
            body.append(contentsOf: bytes)
            return true
        }
        guard truncates else { return end(.tooLarge) }
        body.append(contentsOf: bytes.prefix(room))
        return end(.truncated)
    }

    private mutating func keep(_ text: Substring) {
        // A folded line continues the field before it (RFC 9112, 5.2).
        if text.first == " " || text.first == "\t", let last = headers.popLast() {
            headers.append(HTTPField(last.name, last.value + " " + text.trimmingStart()))
        } else if let colon = text.firstIndex(of: ":") {
            headers.append(HTTPField(String(text[..<colon]), String(text[text.index(after: colon)...].trimmingStart())))
        }
    }

    private mutating func end(_ reason: Stop) -> Bool {
        stop = reason
        return false
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func trimmingStart() -> Substring {
        self[...].drop { $0 == " " || $0 == "\t" }
    }

    fileprivate func trimmingEnd() -> Substring {
        var text = self[...]
        while let last = text.unicodeScalars.last, " \t\r\n".unicodeScalars.contains(last) {
            text.unicodeScalars.removeLast()
        }
        return text
    }
}

import NIOHTTP1

/// The parts of a request head that decide how the message is read and answered (RFC 9112, sections 3 and 6).
struct RequestHead {
    let exchange: Exchange
    let path: String
    let query: String?
    /// Nil for chunked content.
    let contentLength: Int?
    /// The client waits for `100 Continue` before it sends the content.
    let awaitsContinue: Bool

    /// Reads a head, refusing whatever two readers could understand differently.
    init(_ head: HTTPRequestHead, maximumBodyBytes: Int) throws(Refusal) {
        guard head.method != .CONNECT else { throw .tunnel }
        let isModern = head.version.minor >= 1
        let fields = FramingFields(head.headers)
        guard fields.hostCount == 1 || (fields.hostCount == 0 && !isModern) else { throw .ambiguousHost }
        guard fields.lengthCount + fields.codingCount <= 1 else { throw .ambiguousLength }
        if let coding = fields.coding {
            guard isModern, coding.withoutOuterSpace.equalsIgnoringASCIICase("chunked") else {
                throw .unknownTransferCoding
            }
            contentLength = nil
        } else if let length = fields.length {
            guard let bytes = UInt64(digits: length.withoutOuterSpace) else { throw .malformed }
            guard bytes <= UInt64(maximumBodyBytes) else { throw .bodyTooLarge(maximumBytes: maximumBodyBytes) }
            contentLength = Int(bytes)
        } else {
            contentLength = 0
        }
        if let expectation = fields.expectation, isModern {
            guard expectation.withoutOuterSpace.equalsIgnoringASCIICase("100-continue") else {
                throw .unknownExpectation
            }
            awaitsContinue = contentLength != 0
        } else {
            awaitsContinue = false
        }
        (path, query) = try Self.split(target: head.uri, host: fields.host)
        exchange = Exchange(
            omitsContent: head.method == .HEAD,
            allowsChunks: isModern,
            // The decoder reads nothing after a request that offers an upgrade, and no upgrade is ever accepted.
            keepsAlive: isModern && head.isKeepAlive && !fields.offersUpgrade
        )
    }

    /// Splits a target into path and query; the absolute form must name the same authority as the Host header.
    private static func split(target: String, host: String?) throws(Refusal) -> (path: String, query: String?) {
        var rest = target[...]
        if target.utf8.first != UInt8(ascii: "/"), target != "*" {
            guard let scheme = ["http://", "https://"].first(where: { target.startsIgnoringASCIICase(with: $0) }) else {
                throw .malformed
            }
            rest = rest.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            guard let host, rest[..<end].equalsIgnoringASCIICase(host.withoutOuterSpace) else {
                throw .wrongAuthority
            }
            rest = rest[end...]
            if rest.utf8.first != UInt8(ascii: "/") { rest = "/" + rest }
        }
        guard let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (String(rest), nil) }
        return (String(rest[..<mark]), String(rest[rest.utf8.index(after: mark)...]))
    }
}

/// The header fields that decide about framing, found in one pass.
private struct FramingFields {
    var host: String?
    var hostCount = 0
    var length: String?
    var lengthCount = 0
    var coding: String?
    var codingCount = 0
    var expectation: String?
    var offersUpgrade = false

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers {
            switch name.utf8.count {
            case 4 where name.equalsIgnoringASCIICase("host"):
                host = value
                hostCount += 1
            case 6 where name.equalsIgnoringASCIICase("expect"):
                // Several expectations are one list, and no list is known.
                expectation = expectation.map { $0 + "," + value } ?? value
            case 7 where name.equalsIgnoringASCIICase("upgrade"):
                offersUpgrade = true
            case 14 where name.equalsIgnoringASCIICase("content-length"):
                length = value
                lengthCount += 1
            case 17 where name.equalsIgnoringASCIICase("transfer-encoding"):
                coding = value
                codingCount += 1
            default:
                break
            }
        }
    }
}

extension String {
    /// Without the optional white space around a field value (RFC 9110, section 5.6.3).
    fileprivate var withoutOuterSpace: Substring {
        var rest = self[...]
        while let first = rest.utf8.first, first == 0x20 || first == 0x09 { rest.removeFirst() }
        while let last = rest.utf8.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest
    }

    fileprivate func startsIgnoringASCIICase(with other: String) -> Bool {
        prefix(other.count).equalsIgnoringASCIICase(other)
    }
}

extension UInt64 {
    /// Reads one to 19 digits and nothing else.
    fileprivate init?(digits: Substring) {
        guard (1...19).contains(digits.utf8.count) else { return nil }
        var value: UInt64 = 0
        for byte in digits.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        self = value
    }
}

package import GatewayCore

/// A path that cannot leave the base URL it is joined to, however often a back end decodes it.
package struct SourcePath: Hashable, Sendable {
    /// Begins with a slash; percent-encoded.
    package let text: String

    /// Takes a path that begins with a slash.
    ///
    /// Escapes such as `%20` stay as they are; spaces, quotes and characters outside ASCII are encoded.
    /// - Throws: `SourceError.invalid`, which says what to change.
    package init(_ path: String, maximumBytes: Int) throws(SourceError) {
        guard path.hasPrefix("/") else { throw .invalid("The path must begin with a slash.") }
        guard path.utf8.count <= maximumBytes else {
            throw .invalid("The path is longer than \(maximumBytes) bytes.")
        }
        let bytes = Array(path.utf8)
        guard !bytes.contains(UInt8(ascii: "?")), !bytes.contains(UInt8(ascii: "#")) else {
            throw .invalid("The path must not hold ? or #; pass the query as names and values.")
        }
        for index in bytes.indices where bytes[index] == UInt8(ascii: "%") {
            guard index + 2 < bytes.count, PercentEncoding.hexValue(bytes[index + 1]) != nil,
                PercentEncoding.hexValue(bytes[index + 2]) != nil
            else { throw .invalid("Every % in the path must be followed by two hexadecimal digits.") }
        }
        try Self.checkSegments(of: bytes)
        text = PercentEncoding.encode(path) { byte in
            PercentEncoding.isUnreserved(byte) || "/%!$&'()*+,;=:@".utf8.contains(byte)
        }
    }

    /// Checks each segment in every form that decoding it once more can give.
    private static func checkSegments(of bytes: [UInt8]) throws(SourceError) {
        let segments = bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (position, segment) in segments.enumerated() {
            guard !segment.isEmpty || position == segments.count - 1 else {
                throw .invalid("The path must not hold two slashes in a row.")
            }
            var form = Array(segment)
            while true {
                try check(form)
                let decoded = PercentEncoding.decode(form)
                if decoded == form { break }
                form = decoded
                guard !form.contains(UInt8(ascii: "/")) else {
                    throw .invalid("The path must not hold an encoded slash.")
                }
            }
        }
    }

    private static func check(_ segment: [UInt8]) throws(SourceError) {
        // Some servers cut parameters off before they resolve dots: `..;x` is `..` to them.
        let name = segment.prefix { $0 != UInt8(ascii: ";") }
        guard !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) else {
            throw .invalid("The path must not hold the segments . or ..")
        }
        guard segment.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw .invalid("The path must not hold backslashes or control characters.")
        }
    }
}

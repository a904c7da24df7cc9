package import GatewayCore
package import JSON

/// Whether header fields say what the arguments say (2026-07-28 basic/transports, "Server validation").
extension HeaderParameter {
    /// The integers that every program reads alike (RFC 8259 section 6).
    private static let safeIntegers = -((1 << 53) - 1)...((1 << 53) - 1)

    /// Compares the values of the field, one for each time it was sent, with the arguments.
    ///
    /// Null, and a value that no field can repeat, count as absent.
    package func mismatch(_ values: [String], in arguments: JSONNode) -> HeaderMismatch? {
        guard values.count <= 1 else { return HeaderMismatch(field: field, .repeated) }
        guard let value = scalar(in: arguments) else {
            return values.isEmpty ? nil : HeaderMismatch(field: field, .different)
        }
        guard let written = values.first else { return HeaderMismatch(field: field, .missing) }
        guard let text = HeaderText.decoded(written) else { return HeaderMismatch(field: field, .malformed) }
        return says(text, value) ? nil : HeaderMismatch(field: field, .different)
    }

    private func scalar(in arguments: JSONNode) -> JSONNode? {
        var value = arguments
        for name in path {
            guard let inner = value[name] else { return nil }
            value = inner
        }
        switch value.kind {
        case .string, .number, .bool: return value
        case .null, .array, .object: return nil
        }
    }

    private func says(_ text: String, _ value: JSONNode) -> Bool {
        switch value.kind {
        case .string: return value.isString(text)
        case .bool: return text == (value.bool == true ? "true" : "false")
        default: break
        }
        guard kind == .integer else { return isWritten(text, value) }
        guard let number = value.integer else {
            // With a fraction the input schema refuses it; too large, two readers may see two numbers.
            return value.double.map { abs($0) <= Double(1 << 53) } == true && isWritten(text, value)
        }
        return Self.safeIntegers.contains(number) && Self.integer(text) == number
    }

    /// Bytes, because Swift compares strings by canonical equivalence.
    private func isWritten(_ text: String, _ value: JSONNode) -> Bool {
        value.bytes.elementsEqual(text.utf8)
    }

    /// Reads digits, after a minus sign perhaps, and a fraction of zeros.
    private static func integer(_ text: String) -> Int? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.hasPrefix("+") else { return nil }
        if parts.count == 2 {
            guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        }
        return Int(whole)
    }
}

extension ProtocolError {
    /// A header field does not say what the body says.
    package init(_ mismatch: HeaderMismatch) {
        let fault =
            switch mismatch.reason {
            case .missing: "is missing"
            case .repeated: "is given more than once"
            case .malformed: "is not well encoded"
            case .different: "does not match the body"
            }
        self.init(.headerMismatch, "The header field \(mismatch.field) \(fault).")
    }
}

/// A type that is one JSON scalar (or a tree), read and written without asking it for a coding container.
protocol JSONScalar: Codable {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> Self

    func write(to writer: inout JSONWriter) throws(JSONEncodingError)
}

extension JSONScalar where Self: FixedWidthInteger {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> Self {
        guard node.entry.kind == .number else { throw JSONNodeFault.mismatch("an integer", node) }
        guard let value = node.integer(Self.self) else { throw JSONNodeFault.unfit(node) }
        return value
    }

    func write(to writer: inout JSONWriter) {
        writer.writeInteger(self)
    }
}

extension Int: JSONScalar {}
extension Int8: JSONScalar {}
extension Int16: JSONScalar {}
extension Int32: JSONScalar {}
extension Int64: JSONScalar {}
extension Int128: JSONScalar {}
extension UInt: JSONScalar {}
extension UInt8: JSONScalar {}
extension UInt16: JSONScalar {}
extension UInt32: JSONScalar {}
extension UInt64: JSONScalar {}
extension UInt128: JSONScalar {}

extension Double: JSONScalar {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> Double {
        guard node.entry.kind == .number else { throw JSONNodeFault.mismatch("a number", node) }
        guard let value = node.double else { throw JSONNodeFault(node, "is a number out of range") }
        return value
    }

    func write(to writer: inout JSONWriter) throws(JSONEncodingError) {
        guard isFinite else { throw JSONEncodingError(path: JSONPath(), message: "is a number that JSON cannot write") }
        writer.write(self)
    }
}

extension Float: JSONScalar {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> Float {
        let value = Float(try Double.read(node))
        guard value.isFinite else { throw JSONNodeFault(node, "is a number out of range") }
        return value
    }

    func write(to writer: inout JSONWriter) throws(JSONEncodingError) {
        guard isFinite else { throw JSONEncodingError(path: JSONPath(), message: "is a number that JSON cannot write") }
        // The shortest text that reads back as the same Float; by way of Double it would show digits nobody gave.
        writer.writeRaw(description.utf8)
    }
}

extension Bool: JSONScalar {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> Bool {
        guard let value = node.bool else { throw JSONNodeFault.mismatch("a boolean", node) }
        return value
    }

    func write(to writer: inout JSONWriter) {
        writer.write(self)
    }
}

extension String: JSONScalar {
    static func read(_ node: JSONNode) throws(JSONNodeFault) -> String {
        guard let value = node.string else { throw JSONNodeFault.mismatch("a string", node) }
        return value
    }

    func write(to writer: inout JSONWriter) {
        writer.write(self)
    }
}

extension JSONValue: JSONScalar {
    static func read(_ node: JSONNode) -> JSONValue {
        node.value
    }

    func write(to writer: inout JSONWriter) {
        writer.write(self)
    }
}

extension JSONValue: Codable {
    /// Reads any value; directly from a parsed text, member by member from any other decoder.
    public init(from decoder: any Decoder) throws {
        if let decoding = decoder as? JSONNodeDecoding {
            self = decoding.node.value
            return
        }
        if let container = try? decoder.container(keyedBy: JSONCodingKey.self) {
            let members = try container.allKeys.map { key in
                JSONObject.Member(name: key.stringValue, value: try container.decode(JSONValue.self, forKey: key))
            }
            self = .object(JSONObject(members: members))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd {
                elements.append(try container.decode(JSONValue.self))
            }
            self = .array(elements)
        } else {
            self = try Self.scalar(try decoder.singleValueContainer())
        }
    }

    private static func scalar(_ container: any SingleValueDecodingContainer) throws -> JSONValue {
        if container.decodeNil() { return .null }
        if let value = try? container.decode(Bool.self) { return .bool(value) }
        if let value = try? container.decode(Int.self) { return .integer(value) }
        if let value = try? container.decode(Double.self) { return .double(value) }
        return .string(try container.decode(String.self))
    }

    /// Writes the tree, members in their order.
    public func encode(to encoder: any Encoder) throws {
        if let stream = encoder as? JSONStreamEncoder {
            try stream.encode(self)
            return
        }
        switch self {
        case .object(let object):
            var container = encoder.container(keyedBy: JSONCodingKey.self)
            for member in object.members {
                try container.encode(member.value, forKey: JSONCodingKey(stringValue: member.name))
            }
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        default:
            var container = encoder.singleValueContainer()
            try encodeScalar(into: &container)
        }
    }

    private func encodeScalar(into container: inout any SingleValueEncodingContainer) throws {
        switch self {
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .decimal(let literal):
            // Other encoders know no literals; the nearest double is the most they can take.
            try container.encode(Double(literal) ?? 0)
        case .string(let text): try container.encode(text)
        case .null, .array, .object: try container.encodeNil()
        }
    }
}

extension JSONObject: Codable {
    /// Reads an object of any members.
    public init(from decoder: any Decoder) throws {
        if let decoding = decoder as? JSONNodeDecoding {
            guard case .object(let object) = decoding.node.value else {
                throw JSONNodeFault.mismatch("an object", decoding.node)
            }
            self = object
            return
        }
        let container = try decoder.container(keyedBy: JSONCodingKey.self)
        self.init(
            members: try container.allKeys.map { key in
                Member(name: key.stringValue, value: try container.decode(JSONValue.self, forKey: key))
            }
        )
    }

    /// Writes the members in their order.
    public func encode(to encoder: any Encoder) throws {
        try JSONValue.object(self).encode(to: encoder)
    }
}

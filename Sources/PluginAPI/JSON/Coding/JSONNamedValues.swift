/// A dictionary with names, whose own encoding would follow the chance order of its hashes.
protocol JSONNamedValues {
    func encodeInOrder(to encoder: JSONStreamEncoder) throws
}

extension Dictionary: JSONNamedValues where Key == String, Value: Encodable {
    func encodeInOrder(to encoder: JSONStreamEncoder) throws {
        var container = encoder.container(keyedBy: JSONCodingKey.self)
        for (name, value) in sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            try container.encode(value, forKey: JSONCodingKey(stringValue: name))
        }
    }
}

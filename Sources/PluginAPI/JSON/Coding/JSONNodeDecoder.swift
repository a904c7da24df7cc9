/// Reads `Decodable` types straight from a parsed text.
///
/// `null` for an optional counts as absent. Integers are exact: `3.0` is one, `3.5` and what does not fit is refused.
public struct JSONNodeDecoder: Sendable {
    /// Creates a decoder.
    public init() {}

    /// Reads one value.
    /// - Throws: `JSONDecodingError` with the place, relative to `node`, of the first member that does not fit.
    public func decode<T: Decodable>(_ type: T.Type, from node: JSONNode) throws(JSONDecodingError) -> T {
        do {
            return try JSONNodeDecoding.value(T.self, of: node)
        } catch let fault as JSONNodeFault {
            throw JSONDecodingError(path: fault.node.path(from: node), message: fault.message)
        } catch let error as JSONDecodingError {
            throw error
        } catch {
            throw JSONDecodingError(path: JSONPath(), message: "is not acceptable here")
        }
    }
}

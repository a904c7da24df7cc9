/// The text being written and the containers that are open, shared by all coding containers of one encoding.
///
/// Containers are opened as they are asked for and closed as soon as one further out writes again.
final class JSONEncodingState {
    private struct Open {
        let isObject: Bool
        let identifier: Int
    }

    var writer: JSONWriter
    /// The first request that a text written in order cannot fulfil, where the coding interface cannot throw.
    private(set) var misuse: JSONEncodingError?
    private var open: [Open] = []
    private var opened = 0
    /// The keys around an error, the innermost first; gathered only while one unwinds.
    private var trail: [String] = []

    init(_ writer: JSONWriter) {
        self.writer = writer
    }

    /// How many containers are open.
    var depth: Int { open.count }

    /// Writes a value of any type in the place that comes next.
    func write<T: Encodable>(_ value: T, at key: @autoclosure () -> String?) throws {
        do {
            if T.self == JSONValue.self, let tree = value as? JSONValue {
                writer.write(tree)
            } else {
                let (depth, start) = (open.count, writer.bytes.count)
                let encoder = JSONStreamEncoder(state: self, depth: depth, start: start)
                if let dictionary = value as? any JSONNamedValues {
                    try dictionary.encodeInOrder(to: encoder)
                } else {
                    try value.encode(to: encoder)
                }
                close(to: depth)
                if writer.bytes.count == start { writeNothing() }
            }
        } catch {
            if let key = key() { trail.append(key) }
            throw error
        }
    }

    /// A type that encodes nothing is an object without members, as elsewhere in Swift.
    private func writeNothing() {
        writer.beginObject()
        writer.endObject()
    }

    /// Opens a container for an encoder's value, or comes back to the one it has.
    func begin(isObject: Bool, at depth: Int, after start: Int) -> Int {
        if open.count > depth {
            if open[depth].isObject != isObject { refuse() }
            close(to: depth + 1)
            return open[depth].identifier
        }
        if writer.bytes.count != start { refuse() }
        return begin(isObject: isObject)
    }

    /// Opens a container in the place that comes next.
    func begin(isObject: Bool) -> Int {
        isObject ? writer.beginObject() : writer.beginArray()
        opened += 1
        open.append(Open(isObject: isObject, identifier: opened))
        return opened
    }

    /// Makes a container the innermost one again, before it writes.
    func select(_ identifier: Int, at depth: Int) throws(JSONEncodingError) {
        if open.count != depth { close(to: depth) }
        guard open.last?.identifier == identifier else {
            refuse()
            throw misuse ?? Self.disorder
        }
    }

    /// Makes sure that an encoder's value was not written yet, before it is a scalar.
    func selectScalar(at depth: Int, after start: Int) throws(JSONEncodingError) {
        guard open.count == depth, writer.bytes.count == start else {
            refuse()
            throw misuse ?? Self.disorder
        }
    }

    private func close(to depth: Int) {
        while open.count > depth, let container = open.popLast() {
            container.isObject ? writer.endObject() : writer.endArray()
        }
    }

    private static let disorder = JSONEncodingError(
        path: JSONPath(),
        message: "is encoded out of order: finish one container before going on with another"
    )

    private func refuse() {
        misuse = misuse ?? Self.disorder
    }

    /// What to tell of an error that came out of a type's own encoding.
    func failure(from error: any Error) -> JSONEncodingError {
        var path = JSONPath()
        for key in trail.reversed() {
            path = path.appending(key)
        }
        let message = (error as? JSONEncodingError)?.message ?? "cannot be encoded"
        return JSONEncodingError(path: path, message: message)
    }

    /// Notes the key around an error that leaves a container.
    func leave(_ key: String, with error: JSONEncodingError) -> JSONEncodingError {
        trail.append(key)
        return error
    }
}

package import GatewayCore
import NIOHTTP1

/// The header fields of a request, in the order sent; names compare without regard to ASCII case.
package struct HTTPHeaderFields: Sendable {
    private let headers: HTTPHeaders

    package init(_ fields: [HTTPField]) {
        headers = HTTPHeaders(fields.map { ($0.name, $0.value) })
    }

    init(_ headers: HTTPHeaders) {
        self.headers = headers
    }

    /// Every value of a field, one for each time it was sent; lists inside a value are not split.
    package func values(_ name: String) -> [String] {
        headers[name]
    }

    /// The first value of a field, nil when it was not sent.
    package func first(_ name: String) -> String? {
        headers.first(name: name)
    }

    /// How many times a field was sent.
    package func count(_ name: String) -> Int {
        var count = 0
        for field in headers where field.name.equalsIgnoringASCIICase(name) {
            count += 1
        }
        return count
    }
}

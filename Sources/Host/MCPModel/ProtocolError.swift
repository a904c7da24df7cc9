package import JSON

/// A JSON-RPC error: the message was not acceptable, or names what does not exist for the caller.
///
/// The failure of a tool is not one of these; it is a result with `isError`.
package struct ProtocolError: Error, Hashable, Sendable {
    package let code: ProtocolErrorCode
    /// One sentence for the client's developer; never quotes more than a name of the request.
    package let message: String
    /// What a program may read.
    package let data: JSONValue?

    package init(_ code: ProtocolErrorCode, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }
}

extension ProtocolError {
    /// How many characters of a client's own words are repeated to it.
    private static let echoLimit = 128

    /// There is no such tool for this caller; whether it is hidden or unknown makes no difference to a byte.
    package static func unknownTool(_ name: String) -> ProtocolError {
        ProtocolError(
            .invalidParameters,
            "Unknown tool. Call tools/list for the tools there are.",
            data: ["name": .string(echo(name))]
        )
    }

    /// There is no such method in the era of the request.
    package static func unknownMethod(_ name: String) -> ProtocolError {
        ProtocolError(.methodNotFound, "Method not found.", data: ["method": .string(echo(name))])
    }

    /// The revision a modern request names is not spoken, or not in that way.
    package static func unsupportedVersion(_ requested: String) -> ProtocolError {
        ProtocolError(
            .unsupportedProtocolVersion,
            "Unsupported protocol version.",
            data: [
                "supported": .array(Revision.offered.map { .string($0.name) }),
                "requested": .string(echo(requested)),
            ]
        )
    }

    /// Why a body cannot be read.
    ///
    /// A text that breaks a limit, or names a member twice, is JSON all the same.
    package init(_ fault: JSONParseError) {
        switch fault.kind {
        case .tooDeep, .tooLarge, .duplicateName: self.init(.invalidRequest, "Unacceptable message: \(fault).")
        default: self.init(.parseError, "The body is not JSON: \(fault).")
        }
    }

    static func echo(_ text: String) -> String {
        var short = String.UnicodeScalarView()
        short.append(contentsOf: text.unicodeScalars.prefix(echoLimit))
        return String(short)
    }
}

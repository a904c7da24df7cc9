/// Why bytes are no frames; nothing can be read after it.
package enum StompFault: Error, Hashable, Sendable {
    /// The command and the headers are longer than allowed.
    case headTooLong
    case tooManyHeaders
    /// The command is not made of capitals.
    case command
    /// A line without a colon, or a header without a name.
    case header
    /// A backslash before something that it does not go with in this version.
    case escape
    /// The command or a header is not UTF-8.
    case encoding
    /// `content-length` is no number, or no NUL follows so many bytes.
    case length
}

/// Why a frame cannot be written in a version.
package enum StompEncodingFault: Error, Hashable, Sendable {
    case command
    /// This header has no name, or holds what the version cannot express.
    case header(String)
}

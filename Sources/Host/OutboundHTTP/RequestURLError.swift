/// What is wrong with a URL.
package enum RequestURLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is longer than `RequestURL.maximumLength`.
    case tooLong
    /// It begins with neither `http://` nor `https://`.
    case scheme
    /// It carries a user name or a password.
    case userInformation
    /// Its host is no name and no address, or is an address in an unusual spelling.
    case host
    /// Its port is not a number from 1 to 65535 without leading zeros.
    case port
    /// It holds a character that RFC 3986 does not allow there, such as a space, a backslash or a control.
    case character
    /// A `%` is not followed by two hexadecimal digits.
    case percentEncoding
    /// A segment of the path is `.` or `..`, plain or encoded.
    case dotSegment
    /// It has a fragment, which is never sent.
    case fragment

    package var description: String {
        switch self {
        case .tooLong: "the URL is longer than \(RequestURL.maximumLength) bytes"
        case .scheme: "the URL must begin with http:// or https://"
        case .userInformation: "the URL must not carry a user name or a password"
        case .host: "the host must be a DNS name, an IPv4 address or an IPv6 address in brackets"
        case .port: "the port must be a number from 1 to 65535 without leading zeros"
        case .character: "the URL holds a character that must be percent-encoded"
        case .percentEncoding: "every % in the URL must be followed by two hexadecimal digits"
        case .dotSegment: "the path must not hold the segments . or .."
        case .fragment: "the URL must not have a fragment (#)"
        }
    }
}

/// What is wrong with the configuration of an HTTP source.
package enum HTTPSourceError: Error, Hashable, Sendable {
    /// The base URL is not an absolute `http` or `https` URL without user information, query and fragment.
    case baseURL
    /// A header field is named that plugins can never be allowed to set.
    case forwardedHeaders
}

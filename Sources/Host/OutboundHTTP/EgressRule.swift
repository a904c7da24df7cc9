/// One origin the operator allows requests to.
package struct EgressRule: Hashable, Sendable {
    package let origin: Origin
    /// Whether the name may resolve to loopback, private and other addresses that are not public.
    package let allowsPrivateAddresses: Bool

    /// Makes the rule for the origin of a URL; path and query of the URL do not matter.
    package init(url: String, allowsPrivateAddresses: Bool = false) throws(RequestURLError) {
        origin = try RequestURL(url).origin
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}

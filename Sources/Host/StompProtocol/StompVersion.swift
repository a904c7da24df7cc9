/// The versions of STOMP that are spoken; 1.0 is not, as it cannot tell a line break in a header from the next header.
package enum StompVersion: String, Hashable, Sendable, CaseIterable {
    case v1_1 = "1.1"
    case v1_2 = "1.2"
}

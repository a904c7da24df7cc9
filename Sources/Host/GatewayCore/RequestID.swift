/// The gateway's own name for one request, in logs, audit and plugin contexts; 128 random bits.
package struct RequestID: Hashable, Sendable, CustomStringConvertible {
    private let name = RandomName()

    /// A new one from the system's random source.
    package init() {}

    /// Thirty-two lower-case hexadecimal digits.
    package var description: String { name.description }
}

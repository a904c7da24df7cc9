/// What a JSON text may cost before it is refused.
public struct JSONLimits: Hashable, Sendable {
    /// The deepest nesting of arrays and objects; a lone value has depth 0.
    ///
    /// Scanning takes no stack for depth, but building trees and decoding do: stay below 1000 where that is done.
    public var depth: Int
    /// The longest text, in bytes; at most 2³² − 1.
    public var bytes: Int
    /// Whether an object that names a member twice is refused; else all members are kept and the last one counts.
    public var refusesDuplicateNames: Bool

    /// Creates limits; the defaults are those of requests.
    public init(depth: Int = 64, bytes: Int = 16 << 20, refusesDuplicateNames: Bool = true) {
        self.depth = depth
        self.bytes = min(bytes, Int(UInt32.max))
        self.refusesDuplicateNames = refusesDuplicateNames
    }

    /// The limits of requests: depth 64, 16 MiB, no duplicate names.
    public static let standard = JSONLimits()
}

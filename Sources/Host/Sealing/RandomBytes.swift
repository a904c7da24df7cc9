/// Bytes nobody can guess.
package enum RandomBytes {
    /// So many bytes from the system's random source.
    package static func make(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

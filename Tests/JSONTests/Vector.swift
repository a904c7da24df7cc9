import Foundation

/// One file of published test vectors.
struct Vector: Sendable, CustomStringConvertible {
    let name: String
    let path: String

    var description: String { name }

    /// The bytes of the file.
    var bytes: [UInt8] {
        get throws { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
    }
}

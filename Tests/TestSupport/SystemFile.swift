import Foundation

/// The files of `/proc`.
package enum SystemFile {
    /// All of such a file: the system hands it out in pieces, and what reads files takes the first for the end.
    package static func text(_ path: String) throws -> String {
        guard let file = FileHandle(forReadingAtPath: path) else { throw SetupFailure("\(path) cannot be read.") }
        defer { try? file.close() }
        var bytes = Data()
        while let piece = try file.read(upToCount: 1 << 16), !piece.isEmpty { bytes += piece }
        return String(decoding: bytes, as: UTF8.self)
    }
}

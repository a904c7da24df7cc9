import Foundation
import TestSupport

/// A file with a token, as the client commands read it.
enum TokenFile {
    static func write(_ token: String) throws -> String {
        let path = try RunFolder.current.subfolder("token") + "/token"
        try (token + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}

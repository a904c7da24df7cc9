import Glibc

/// Standard error, a whole line at a time.
package enum StandardError {
    /// Writes bytes; what cannot be written is lost, as there is nobody left to tell.
    package static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(2, buffer.baseAddress, buffer.count)
            }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// Writes one line of text.
    package static func write(line: String) {
        write(Array((line + "\n").utf8))
    }
}

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
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                // Somebody made the other end non-blocking; wait for it as a blocking write would.
                var descriptor = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
                guard unsafe poll(&descriptor, 1, -1) >= 0 || errno == EINTR else { return }
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Writes one line of text.
    package static func write(line: String) {
        write(Array((line + "\n").utf8))
    }
}

import Glibc

/// An open file or folder, closed with its last user.
final class Descriptor: Sendable {
    let number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    deinit { close(number) }

    /// What the system says of it.
    func status(_ path: String) throws(FileFailure) -> stat {
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else { throw FileFailure("\(path) cannot be examined", errno: errno) }
        return status
    }

    /// All bytes of a regular file, of which there may be at most so many.
    func content(_ path: String, _ maximumBytes: Int) throws(FileFailure) -> [UInt8] {
        let status = try status(path)
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure("\(path) is not a file.") }
        guard status.st_size <= maximumBytes else {
            throw FileFailure("\(path) has \(status.st_size) bytes, more than the \(maximumBytes) allowed.")
        }
        var content: [UInt8] = []
        content.reserveCapacity(Int(status.st_size))
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = unsafe Glibc.read(number, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure("\(path) cannot be read", errno: errno) }
            guard count > 0 else { return content }
            content += buffer[..<count]
            guard content.count <= maximumBytes else {
                throw FileFailure("\(path) grew beyond \(maximumBytes) bytes while it was read.")
            }
        }
    }

    func write(_ content: [UInt8], _ path: String) throws(FileFailure) {
        var written = 0
        while written < content.count {
            let count = unsafe content[written...].withUnsafeBytes {
                unsafe Glibc.write(number, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure("\(path) cannot be written", errno: errno) }
            written += count
        }
    }
}

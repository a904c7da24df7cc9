import Glibc
import Sealing

/// A copy of a library in memory that nobody can change any more, so that what was verified is what is loaded.
///
/// A file is not safe even through an open descriptor: it can be overwritten in place between check and load.
struct SealedImage: Sendable {
    /// Why there is no image.
    ///
    /// `reason` is a sentence for the operator.
    struct Failure: Error, Hashable, Sendable {
        let reason: String
    }

    let descriptor: CInt
    let bytes: [UInt8]
    /// SHA-256 of the sealed copy, as 64 lower-case hexadecimal digits.
    let digest: String

    /// What the loader is given.
    ///
    /// It remembers libraries by this text, so the descriptor of a loaded image is never closed: its number must not
    /// come back for another one.
    var path: String { "/proc/self/fd/\(descriptor)" }

    /// The largest library, in bytes.
    static let maximumBytes = 512 << 20

    /// Copies bytes and seals the copy.
    ///
    /// Blocks.
    init(sealing content: [UInt8], namespace: String) throws(Failure) {
        let descriptor = try Self.create("beamline-\(namespace)")
        do throws(Failure) {
            try Self.write(content, to: descriptor)
            try Self.seal(descriptor)
            // Read back, because until it is sealed the copy is like any other memory.
            bytes = try Self.readBack(descriptor, content.count)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        digest = Digest.sha256Text(bytes)
    }

    /// Gives the memory back.
    ///
    /// Only for an image that was never handed to the loader.
    func discard() {
        close(descriptor)
    }

    private static func create(_ name: String) throws(Failure) -> CInt {
        let flags = MemoryFile.closeOnExec | MemoryFile.allowSealing
        guard let create = unsafe MemoryFile.creation() else {
            throw Failure(reason: "The system's C library has no memfd_create; glibc 2.27 or later is needed.")
        }
        var descriptor = unsafe create(name, flags | MemoryFile.executable)
        // Kernels before 6.3 do not know the executable flag and need none.
        if descriptor < 0, errno == EINVAL { descriptor = unsafe create(name, flags) }
        guard descriptor >= 0 else {
            throw Failure(
                reason: "The system gave no executable memory (\(message(errno))); check the sysctl vm.memfd_noexec."
            )
        }
        return descriptor
    }

    private static func write(_ content: [UInt8], to descriptor: CInt) throws(Failure) {
        var written = 0
        while written < content.count {
            let count = unsafe content[written...].withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(reason: "Copying the library into memory failed: \(message(errno)).") }
            written += count
        }
    }

    private static func seal(_ descriptor: CInt) throws(Failure) {
        guard fcntl(descriptor, MemoryFile.addSeals, MemoryFile.allSeals) == 0 else {
            throw Failure(reason: "Sealing the library in memory failed: \(message(errno)).")
        }
    }

    private static func readBack(_ descriptor: CInt, _ size: Int) throws(Failure) -> [UInt8] {
        var content = [UInt8](repeating: 0, count: size)
        var done = 0
        while done < size {
            let count = unsafe content[done...].withUnsafeMutableBytes {
                unsafe pread(descriptor, $0.baseAddress, $0.count, done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Failure(reason: "Reading the sealed library failed: \(message(errno)).") }
            done += count
        }
        return content
    }

    private static func message(_ code: Int32) -> String {
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}

/// What the system's headers do not offer to Swift of `memfd_create(2)` and `fcntl(2)`.
private enum MemoryFile {
    typealias Creation = @convention(c) (UnsafePointer<CChar>, UInt32) -> CInt

    /// The function itself, which every glibc since 2.27 has.
    static func creation() -> Creation? {
        guard let symbol = unsafe dlsym(nil, "memfd_create") else { return nil }
        return unsafe unsafeBitCast(symbol, to: Creation.self)
    }

    static let closeOnExec: UInt32 = 0x0001
    static let allowSealing: UInt32 = 0x0002
    static let executable: UInt32 = 0x0010
    static let addSeals: CInt = 1033
    /// No more seals, no shrinking, no growing, no writing.
    static let allSeals: CInt = 0x0001 | 0x0002 | 0x0004 | 0x0008
}

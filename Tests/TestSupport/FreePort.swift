import Glibc
import Synchronization

/// Ports of the loopback interface.
package enum FreePort {
    /// Those that were found before: their users may not listen yet, or no more for a moment.
    private static let found = Mutex<Set<Int>>([])
    /// How many ports are tried.
    private static let attempts = 100

    /// A port that nobody uses, below those the system gives to outgoing connections.
    package static func find() throws -> Int {
        for _ in 0..<attempts {
            let port = Int.random(in: 10_000..<32_000)
            if isFree(port), found.withLock({ $0.insert(port).inserted }) { return port }
        }
        throw SetupFailure("No free port was found.")
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = loopback(port: port)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    /// 127.0.0.1 with a port.
    static func loopback(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

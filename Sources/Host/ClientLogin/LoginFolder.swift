import FoundationEssentials
import LocalFiles
import Sealing

/// Where a person's logins lie: one file for each URL, for its owner alone.
package struct LoginFolder: Sendable {
    private static let longestFile = 1 << 20
    /// How long another program may be busy with the same login.
    private static let longestWait = Duration.seconds(60)

    private let path: String

    /// The folder of the XDG Base Directory Specification.
    package init(environment: [String: String]) throws(LoginFault) {
        let base: String
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            base = folder
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            base = home + "/.config"
        } else {
            throw .refused("There is no place for logins; set HOME or XDG_CONFIG_HOME.")
        }
        path = base + "/beamline/logins"
    }

    /// The login for a URL; nil for none.
    package func login(for url: String) throws(LoginFault) -> StoredLogin? {
        let file = file(for: url)
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(file, maximumBytes: Self.longestFile)
        } catch  where error.isMissing {
            return nil
        } catch {
            throw .refused("\(error)")
        }
        guard FileOwnership.isPrivate(file) else {
            throw .refused("Others may read \(file); log out, and log in again.")
        }
        guard let login = StoredLogin(bytes) else {
            throw .refused("\(file) is no login; delete it, and log in again.")
        }
        return login
    }

    package func keep(_ login: StoredLogin) throws(LoginFault) {
        try prepare()
        do {
            try AtomicFile.replace(file(for: login.url), with: login.bytes)
        } catch {
            throw .refused("\(error)")
        }
    }

    package func remove(_ url: String) {
        try? FileManager.default.removeItem(atPath: file(for: url))
    }

    /// Does something while no other program does the same for this URL.
    package func alone<Value>(
        with url: String,
        _ body: () async throws(LoginFault) -> Value
    ) async throws(LoginFault) -> Value {
        try prepare()
        let lock = try await lock(file(for: url) + ".lock")
        defer { withExtendedLifetime(lock) {} }
        return try await body()
    }

    private func lock(_ path: String) async throws(LoginFault) -> FileLock {
        let end = ContinuousClock.now + Self.longestWait
        while ContinuousClock.now < end {
            do {
                // It does not wait: that would hold a thread others need.
                if let lock = try FileLock.take(path, waits: false) { return lock }
            } catch {
                throw .refused("\(error)")
            }
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { break }
        }
        throw .unreachable("Another program is busy with this login; try again.")
    }

    private func prepare() throws(LoginFault) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .refused("The folder \(path) for logins cannot be made.")
        }
    }

    /// A slash at the end of a URL makes no difference.
    private func file(for url: String) -> String {
        let name = url.hasSuffix("/") ? String(url.dropLast()) : url
        return "\(path)/\(Digest.sha256Text(Array(name.utf8)).prefix(32)).json"
    }
}

import Foundation

/// A folder for one run of the tests, and the children that run below it.
///
/// A helper process holds the other end of a pipe: when the tests end, however they end, it ends the children that are
/// left and deletes the folder, again and again until they write nothing more to it.
package struct RunFolder: Sendable {
    private static let shared = Result { try RunFolder() }

    /// The folder of this run.
    package static var current: RunFolder {
        get throws { try shared.get() }
    }

    package let path: String
    /// Closed by the system when this process ends.
    private let lifeline: Pipe

    private init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("beamline-run-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(path)/children", withIntermediateDirectories: true)
        lifeline = Pipe()
        guard let nothing = FileHandle(forWritingAtPath: "/dev/null") else { throw SetupFailure("no /dev/null") }
        let silence = nothing.fileDescriptor
        _ = try Spawn.start(
            "/bin/sh",
            [
                "-c",
                """
                trap '' INT TERM HUP
                cat > /dev/null
                for child in "$0"/children/*; do
                    kill -s TERM -- "-${child##*/}"
                    kill -s CONT -- "-${child##*/}"
                done
                for attempt in 1 2 3 4 5; do
                    rm -rf "$0" && [ ! -e "$0" ] && break
                    sleep 1
                done
                """,
                path,
            ],
            environment: ["PATH=/usr/bin:/bin"],
            descriptors: (input: lifeline.fileHandleForReading.fileDescriptor, output: silence, error: silence)
        )
        try lifeline.fileHandleForReading.close()
        // Programs that other tests start must not keep the lifeline open.
        _ = fcntl(lifeline.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }

    /// A new folder in this one.
    package func subfolder(_ purpose: String) throws -> String {
        let folder = "\(path)/\(purpose)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    func remember(child: Int32) {
        _ = FileManager.default.createFile(atPath: "\(path)/children/\(child)", contents: nil)
    }

    func forget(child: Int32) {
        try? FileManager.default.removeItem(atPath: "\(path)/children/\(child)")
    }
}

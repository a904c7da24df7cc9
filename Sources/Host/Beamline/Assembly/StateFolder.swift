import FoundationEssentials

/// The gateway's own files.
enum StateFolder {
    /// Makes the folder when it is not there, for the owner alone.
    static func prepare(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw CommandFailure.notInOrder("The state folder \(path) cannot be made; check state.directory.")
        }
    }

    /// Whether it is there; also false when it may not be entered.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/.")
    }

    /// The key file of the development issuer.
    static func developmentKey(in folder: String) -> String {
        folder + "/development-issuer.json"
    }
}

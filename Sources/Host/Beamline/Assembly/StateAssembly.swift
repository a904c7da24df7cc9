import FoundationEssentials
import GatewayConfiguration
import GatewayState
import Sealing

/// Opens the gateway's own state.
enum StateAssembly {
    /// The store in the state folder, sealed with the site's key, or with one that lies beside it.
    static func store(of settings: StateSettings) throws -> StateStore {
        try StateFolder.prepare(settings.directory)
        let own = settings.sealingKey == nil ? try ownKey(in: settings.directory) : []
        let sealer = try SealerAssembly.sealer(of: settings, orElse: own)
        do {
            return try StateStore(path: settings.directory + "/state.sqlite", sealer: sealer)
        } catch {
            throw CommandFailure.notInOrder("The state in \(settings.directory) cannot be used: \(error)")
        }
    }

    /// A key that a site without one gets at its first start; whoever can read the file can read the state.
    private static func ownKey(in folder: String) throws -> [UInt8] {
        let (path, files) = (folder + "/sealing-key", FileManager.default)
        if !files.fileExists(atPath: path) {
            let key = Data(RandomBytes.make(count: Sealer.minimumSecretBytes))
            guard files.createFile(atPath: path, contents: key, attributes: [.posixPermissions: 0o600]) else {
                throw CommandFailure.notInOrder("The sealing key \(path) cannot be made; check state.directory.")
            }
        }
        guard let key = files.contents(atPath: path) else {
            throw CommandFailure.notInOrder("The sealing key \(path) cannot be read; check its owner and mode.")
        }
        return Array(key)
    }
}

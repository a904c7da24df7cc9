import ArgumentParser
import JSON
import GatewayConfiguration
import LocalFiles
import PluginHosting
import Sealing

/// `beamline plugin sign`: makes a bundle of a folder.
struct PluginSignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Make a bundle of a folder: write bundle.json with every file's hash, and sign it."
    )

    @OptionGroup var output: OutputOptions

    @Argument(help: "The folder, with manifest.json and a library in linux-x86_64, linux-aarch64 or both.")
    var folder: String

    @Option(help: "The file with the secret key, made by `beamline plugin keygen`.")
    var key: String

    func run() throws {
        let key = try readKey()
        do {
            let folder = try Folder(path: folder)
            let index = try BundleWriter.index(of: folder)
            let bytes = index.serialized
            let signature = BundleSignature(over: bytes, with: key)
            // Never a new index beside an old signature: that would look like a change by somebody else.
            try AtomicFile.replace("\(self.folder)/bundle.json", with: bytes, newMode: 0o644)
            try AtomicFile.replace("\(self.folder)/bundle.json.sig", with: signature.serialized, newMode: 0o644)
            // Read again as the gateway would, so that what cannot be loaded is not given to anybody.
            let trust = BundleTrust.Key(name: "the key", key: key.verifyingKey, isTrustedInProcess: false)
            let made = try PluginInspection(
                path: self.folder,
                trust: BundleTrust(keys: [trust], requiresSignature: true)
            )
            report(made, key)
        } catch {
            throw CommandFailure.notInOrder("\(error)")
        }
    }

    private func readKey() throws -> SigningKey {
        do {
            let text = String(decoding: try LocalFile.read(key, maximumBytes: 1024), as: UTF8.self)
            guard FileOwnership.isPrivate(key) else {
                throw CommandFailure.notInOrder("Others may read the secret key \(key); run chmod 600 on it.")
            }
            guard let key = SigningKey(text: String(text.prefix { !$0.isNewline })) else {
                throw CommandFailure.notInOrder(
                    "\(self.key) holds no secret key; make one with `beamline plugin keygen`."
                )
            }
            return key
        } catch let failure as FileFailure {
            throw CommandFailure.notInOrder(failure.reason)
        }
    }

    private func report(_ made: PluginInspection, _ key: SigningKey) {
        if output.isJSON {
            Output.json([
                "files": .integer(made.files.count), "targets": .array(made.targets.map { .string($0.rawValue) }),
                "key": .string(key.verifyingKey.id), "sha256": .string(made.digest ?? ""),
            ])
        } else {
            let targets = made.targets.map(\.rawValue).joined(separator: ", ")
            Output.line(
                "\(folder): \(made.files.count) files, for \(targets), signed with the key \(key.verifyingKey.id)."
            )
        }
    }
}

import ArgumentParser
import JSON
import LocalFiles
import Sealing

/// `beamline plugin keygen`: a key pair to sign bundles with.
struct PluginKeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair: the secret half in FILE, for its owner alone, the public half in FILE.pub."
    )

    @OptionGroup var output: OutputOptions

    @Argument(help: "The new file for the secret key.")
    var file: String

    func run() throws {
        let key = SigningKey()
        do {
            try AtomicFile.create(file, with: Array((key.text + "\n").utf8), mode: 0o600)
            try AtomicFile.create(file + ".pub", with: Array((key.verifyingKey.text + "\n").utf8), mode: 0o644)
        } catch {
            throw CommandFailure.notInOrder("\(error)")
        }
        let text = key.verifyingKey.text
        if output.isJSON {
            Output.json(["id": .string(key.verifyingKey.id), "public_key": .string(text), "file": .string(file)])
        } else {
            Output.line(text)
        }
    }
}

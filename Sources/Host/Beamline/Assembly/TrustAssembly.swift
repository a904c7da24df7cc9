import GatewayConfiguration
import PluginHosting
import Sealing

/// Turns the keys of the configuration into whose bundles are accepted.
enum TrustAssembly {
    /// Reads the keys.
    /// - Throws: `CommandFailure` for a text that is no key, and for a key with two names, of which one could be trusted
    ///   more than the other.
    static func trust(of settings: TrustSettings) throws -> BundleTrust {
        let keys = try settings.keys.sorted { $0.key < $1.key }.map { name, value in
            guard let key = VerifyingKey(text: try Secrets.resolve(value).trimmed) else {
                throw CommandFailure.notInOrder(
                    "trust.keys.\(name): is no public key; give the text that begins with ed25519: or a file with it"
                )
            }
            return BundleTrust.Key(name: name, key: key, isTrustedInProcess: settings.inProcess.contains(name))
        }
        var names: [String: String] = [:]
        for key in keys {
            guard let other = names.updateValue(key.name, forKey: key.key.id) else { continue }
            throw CommandFailure.notInOrder("trust.keys: \(other) and \(key.name) are one key; give it one name")
        }
        return BundleTrust(keys: keys, requiresSignature: settings.requiresSignature)
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}

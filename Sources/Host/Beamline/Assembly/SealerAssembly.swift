import GatewayConfiguration
import Sealing

/// Builds what seals from the keys the site gives.
enum SealerAssembly {
    /// What seals with the site's keys, or with a key of this run where the site has none.
    /// - Throws: `CommandFailure` when a key cannot be read or used.
    static func sealer(of settings: StateSettings, orElse own: [UInt8]) throws -> Sealer {
        guard settings.sealingKey != nil || settings.formerSealingKey == nil else {
            throw CommandFailure.notInOrder("state.former_sealing_key: it only opens, so it needs a state.sealing_key")
        }
        let keys = try [settings.sealingKey, settings.formerSealingKey].compactMap { try $0.map(Secrets.resolve) }
        guard let sealer = Sealer(secrets: keys.isEmpty ? [own] : keys.map { Array($0.utf8) }) else {
            throw CommandFailure.notInOrder(
                """
                state.sealing_key: a key has at least \(Sealer.minimumSecretBytes) bytes; make one with \
                openssl rand -hex 32
                """
            )
        }
        return sealer
    }
}

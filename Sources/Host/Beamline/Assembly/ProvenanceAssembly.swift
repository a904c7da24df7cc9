import GatewayConfiguration
import Provenance

/// Makes what remembers where results came from.
enum ProvenanceAssembly {
    /// Nil when the configuration wants none.
    static func book(of configuration: Configuration) throws -> ProvenanceBook? {
        guard configuration.limits.provenanceResults > 0 else { return nil }
        try StateFolder.prepare(configuration.state.directory)
        do throws(ProvenanceError) {
            return try ProvenanceBook(settings(of: configuration))
        } catch {
            throw CommandFailure.notInOrder("\(error)")
        }
    }

    static func settings(of configuration: Configuration) -> ProvenanceSettings {
        let limits = configuration.limits
        return ProvenanceSettings(
            path: configuration.state.directory + "/provenance.sqlite",
            results: limits.provenanceResults,
            retention: limits.provenanceRetention,
            valuesPerResult: limits.provenanceValues,
            waiting: limits.provenanceWaiting,
            waitingBytes: limits.provenanceWaitingBytes
        )
    }
}

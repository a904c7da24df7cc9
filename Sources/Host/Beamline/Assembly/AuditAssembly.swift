import AuditTrail
import GatewayConfiguration

/// Makes the audit trail of a configuration.
enum AuditAssembly {
    /// Nil when the configuration wants none.
    static func trail(of configuration: Configuration) throws -> AuditTrail? {
        guard configuration.audit.isEnabled else { return nil }
        do throws(AuditFailure) {
            return try AuditTrail(settings(of: configuration), version: Version.current)
        } catch {
            throw error.isTaken ? CommandFailure.unreachable("\(error)") : CommandFailure.notInOrder("\(error)")
        }
    }

    /// What officers of experiments search with; nil where there is no trail.
    static func search(of configuration: Configuration) -> AuditSearch? {
        guard configuration.audit.isEnabled else { return nil }
        return AuditSearch(folder: configuration.audit.directory, limits: searchLimits(of: configuration))
    }

    static func searchLimits(of configuration: Configuration) -> AuditSearch.Limits {
        AuditSearch.Limits(bytes: configuration.audit.searchBytes, searches: configuration.audit.searches)
    }

    static func settings(of configuration: Configuration) -> AuditSettings {
        let audit = configuration.audit
        var clear: [String: Set<String>] = [:]
        for text in audit.clearArguments {
            let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
            if parts.count == 2 { clear[parts[0], default: []].insert(parts[1]) }
        }
        return AuditSettings(
            folder: audit.directory,
            fileBytes: audit.fileBytes,
            retention: audit.retention,
            waiting: audit.waiting,
            clearArguments: clear
        )
    }
}

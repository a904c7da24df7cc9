import GatewayConfiguration

/// Files in memory, read as a configuration.
struct Files {
    /// Included files by their path below `/etc/beamline/`.
    var included: [String: String] = [:]

    func parse(_ main: String) throws(ConfigurationFaults) -> Configuration {
        try ConfigurationFile.parse(main, file: "beamline.yaml", folder: "/etc/beamline/") { path in
            path.hasPrefix("/etc/beamline/") ? included[String(path.dropFirst("/etc/beamline/".count))] : nil
        }
    }

    /// The faults' lines; empty when there are none.
    func faults(_ main: String) -> [String] {
        do {
            _ = try parse(main)
            return []
        } catch {
            return error.lines
        }
    }
}

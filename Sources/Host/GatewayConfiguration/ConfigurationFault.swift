/// One thing wrong with the configuration: where, what, and how to mend it.
package struct ConfigurationFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let place: ConfigurationPlace
    package let message: String

    package init(_ place: ConfigurationPlace, _ message: String) {
        self.place = place
        self.message = message
    }

    package var description: String { "\(place): \(message)" }
}

/// Everything wrong with a configuration, in the order of the files.
package struct ConfigurationFaults: Error, Hashable, Sendable {
    package let faults: [ConfigurationFault]

    package init(_ faults: [ConfigurationFault]) {
        self.faults = faults
    }

    /// A line for each.
    package var lines: [String] { faults.map(\.description) }
}

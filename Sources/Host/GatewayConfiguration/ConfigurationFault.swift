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

/// Everything wrong with a configuration, in the order of the file.
package struct ConfigurationFaults: Error, Hashable, Sendable {
    package let file: String
    package let faults: [ConfigurationFault]

    package init(file: String, faults: [ConfigurationFault]) {
        self.file = file
        self.faults = faults
    }

    /// A line for each.
    package var lines: [String] { faults.map { "\(file): \($0)" } }
}

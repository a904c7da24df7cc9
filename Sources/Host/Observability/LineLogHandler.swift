package import Logging

/// Makes each event one line and hands it over, to standard error unless told otherwise.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }
    package var metadata = Logger.Metadata()

    /// Set for one logger alone.
    private var ownLevel: Logger.Level?
    private let threshold: LogThreshold
    private let label: String
    private let format: LogFormat
    private let write: @Sendable ([UInt8]) -> Void

    package init(
        label: String,
        format: LogFormat,
        threshold: LogThreshold = LogThreshold(.info),
        write: @escaping @Sendable ([UInt8]) -> Void = StandardError.write
    ) {
        self.label = label
        self.format = format
        self.threshold = threshold
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, latest in latest }
            .sorted { $0.key < $1.key }
            .map { (name: $0.key, value: LogLine.Value.text($0.value.description)) }
        let line = LogLine(
            time: .now(),
            level: event.level.rawValue,
            label: label,
            message: event.message.description,
            fields: fields
        )
        write(line.bytes(format))
    }
}

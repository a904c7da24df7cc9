package import Logging

/// Writes each event as one line on standard error.
package struct LineLogHandler: LogHandler {
    package var logLevel = Logger.Level.info
    package var metadata = Logger.Metadata()

    private let label: String
    private let format: LogFormat
    private let write: @Sendable ([UInt8]) -> Void

    package init(
        label: String,
        format: LogFormat,
        write: @escaping @Sendable ([UInt8]) -> Void = StandardError.write
    ) {
        self.label = label
        self.format = format
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, latest in latest }
            .sorted { $0.key < $1.key }
            .map { (name: $0.key, value: $0.value.description) }
        let line = LogLine(
            time: .now(),
            level: event.level.rawValue,
            label: label,
            message: event.message.description,
            fields: fields
        )
        write(format == .json ? line.json : line.text)
    }
}

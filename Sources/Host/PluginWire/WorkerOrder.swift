/// What the gateway tells a worker before there are messages: the arguments of its program.
package struct WorkerOrder: Hashable, Sendable {
    /// Names its threads and, after `beamline-`, the process.
    package let label: String
    /// The layers without which nothing is loaded, as bits.
    package let required: UInt32
    /// Private writable memory, in bytes.
    package let dataBytes: UInt64
    /// The gateway's process, whose end ends the worker.
    package let parent: Int32
    /// How long the library's entry point may take.
    package let loaderTime: Duration
    package let frames: FrameLimits

    /// Descriptors open at once.
    package static let descriptors: UInt32 = 256
    /// Threads, where the system counts them for the worker alone.
    package static let threads: UInt32 = 512

    package init(
        label: String,
        required: UInt32,
        dataBytes: UInt64,
        parent: Int32,
        loaderTime: Duration,
        frames: FrameLimits
    ) {
        self.label = label
        self.required = required
        self.dataBytes = dataBytes
        self.parent = parent
        self.loaderTime = loaderTime
        self.frames = frames
    }

    /// Reads arguments, those of the program and of the command included; nil when they are none of a worker.
    package init?(_ arguments: [String]) {
        let words = Array(arguments.dropFirst(2))
        guard words.count == 7, let required = UInt32(words[1]), let dataBytes = UInt64(words[2]),
            let parent = Int32(words[3]), let loader = Int64(words[4]), loader > 0,
            let result = Int(words[5]), let request = Int(words[6]), result > 0, request > 0
        else { return nil }
        self.init(
            label: words[0],
            required: required,
            dataBytes: dataBytes,
            parent: parent,
            loaderTime: .milliseconds(loader),
            frames: FrameLimits(resultBytes: result, requestBytes: request)
        )
    }

    /// The arguments after the command.
    package var arguments: [String] {
        [
            label, "\(required)", "\(dataBytes)", "\(parent)", "\(loaderTime / .milliseconds(1))".wholeNumber,
            "\(frames.resultBytes)", "\(frames.requestBytes)",
        ]
    }
}

extension String {
    /// The digits before a decimal point.
    fileprivate var wholeNumber: String { String(prefix { $0 != "." }) }
}

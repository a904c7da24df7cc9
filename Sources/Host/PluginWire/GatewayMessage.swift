/// What the gateway tells a worker.
package enum GatewayMessage: Hashable, Sendable {
    /// Create the instance.
    case create(Creation)
    case submit(call: UInt64, Submission)
    /// The answer of a call is no longer wanted; `why` is a status.
    case cancel(call: UInt64, why: Int32)
    /// The one reply to an operation.
    case reply(operation: UInt64, status: Int32, body: ArraySlice<UInt8>)
    /// Answered at once by the thread that takes calls: no answer, no calls.
    case ping(UInt64)
    /// End the instance, then yourself.
    case destroy

    /// How an instance is made.
    package struct Creation: Hashable, Sendable {
        package var concurrency: UInt32
        package var blocks: Bool
        package var blockingThreads: UInt32
        package var openOperations: UInt32
        package var resultBytes: UInt64
        /// How long `submit` may take before it is reported, in nanoseconds.
        package var submitNanoseconds: Int64
        /// How long `create` and `destroy` may take, in nanoseconds.
        package var loaderNanoseconds: Int64
        package var configuration: ArraySlice<UInt8>

        package init(
            concurrency: UInt32,
            blocks: Bool,
            blockingThreads: UInt32,
            openOperations: UInt32,
            resultBytes: UInt64,
            submitNanoseconds: Int64,
            loaderNanoseconds: Int64,
            configuration: ArraySlice<UInt8>
        ) {
            self.concurrency = concurrency
            self.blocks = blocks
            self.blockingThreads = blockingThreads
            self.openOperations = openOperations
            self.resultBytes = resultBytes
            self.submitNanoseconds = submitNanoseconds
            self.loaderNanoseconds = loaderNanoseconds
            self.configuration = configuration
        }
    }

    /// A request: `beam_request`.
    package struct Submission: Hashable, Sendable {
        package var method: UInt32
        /// On `CLOCK_MONOTONIC`, which both ends share; 0 for none.
        package var deadline: Int64
        package var name: String
        package var context: ArraySlice<UInt8>
        package var body: ArraySlice<UInt8>

        package init(
            method: UInt32,
            deadline: Int64,
            name: String,
            context: ArraySlice<UInt8>,
            body: ArraySlice<UInt8>
        ) {
            self.method = method
            self.deadline = deadline
            self.name = name
            self.context = context
            self.body = body
        }
    }

    /// The frame's bytes.
    package var bytes: [UInt8] {
        switch self {
        case .create(let creation):
            var writer = FrameWriter(.create, flags: creation.blocks ? 1 : 0, code: creation.concurrency)
            writer.write(creation.blockingThreads)
            writer.write(creation.openOperations)
            writer.write(creation.resultBytes)
            writer.write(creation.submitNanoseconds)
            writer.write(creation.loaderNanoseconds)
            writer.write(creation.configuration)
            return writer.frame()
        case .submit(let call, let request):
            let size = 16 + request.name.utf8.count + request.context.count + request.body.count
            var writer = FrameWriter(.submit, call: call, code: request.method, capacity: size)
            writer.write(request.deadline)
            writer.writeCounted(request.name.utf8)
            writer.writeCounted(request.context)
            writer.write(request.body)
            return writer.frame()
        case .cancel(let call, let why):
            return FrameWriter(.cancel, call: call, code: UInt32(bitPattern: why)).frame()
        case .reply(let operation, let status, let body):
            let code = UInt32(bitPattern: status)
            var writer = FrameWriter(.reply, call: operation, code: code, capacity: body.count)
            writer.write(body)
            return writer.frame()
        case .ping(let number): return FrameWriter(.ping, call: number).frame()
        case .destroy: return FrameWriter(.destroy).frame()
        }
    }

    /// Reads a frame; one of the other direction is `wrongDirection`.
    package init(_ frame: Frame) throws(FrameError) {
        var reader = PayloadReader(frame)
        switch frame.kind {
        case .create:
            self = .create(
                Creation(
                    concurrency: frame.code,
                    blocks: frame.flags & 1 != 0,
                    blockingThreads: try reader.number(),
                    openOperations: try reader.number(),
                    resultBytes: try reader.number(),
                    submitNanoseconds: try reader.number(),
                    loaderNanoseconds: try reader.number(),
                    configuration: reader.rest
                )
            )
        case .submit:
            self = .submit(
                call: frame.call,
                Submission(
                    method: frame.code,
                    deadline: try reader.number(),
                    name: try reader.text(),
                    context: try reader.counted(),
                    body: reader.rest
                )
            )
        case .cancel: self = .cancel(call: frame.call, why: Int32(bitPattern: frame.code))
        case .reply:
            self = .reply(operation: frame.call, status: Int32(bitPattern: frame.code), body: frame.payload)
        case .ping: self = .ping(frame.call)
        case .destroy: self = .destroy
        default: throw .wrongDirection(frame.kind)
        }
    }
}

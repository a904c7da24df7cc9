import PluginWire
import Testing

@Suite("Frames between gateway and worker")
struct FrameTests {
    private static let limits = FrameLimits(resultBytes: 4096, requestBytes: 4096)

    private static let fromGateway: [GatewayMessage] = [
        .create(
            GatewayMessage.Creation(
                concurrency: 16,
                blocks: true,
                blockingThreads: 8,
                openOperations: 1024,
                resultBytes: 16 << 20,
                submitNanoseconds: 5_000_000,
                loaderNanoseconds: .max,
                configuration: Array("{}".utf8)[...]
            )
        ),
        .submit(
            call: 1 << 32 | 7,
            GatewayMessage.Submission(method: 16, deadline: -1, name: "größe", context: [1, 2], body: [3])
        ),
        .cancel(call: .max, why: -3), .reply(operation: 9, status: 5, body: [0, 255]), .ping(1), .destroy,
    ]

    private static let fromWorker: [WorkerMessage] = [
        .hello(layers: 63, manifest: [123, 125]), .failed("no"), .created(status: 9),
        .completed(
            call: 3,
            WorkerMessage.Completion(status: 0, isError: true, structured: [1], content: [], meta: [2, 3])
        ),
        .completedTooLarge(call: 4, bytes: .max), .completedUnreadable(call: 5, "why"), .refused(call: 6, status: 13),
        .emitted(call: 7, kind: 1, body: [9]), .progressed(call: 8, done: 0.5, total: -1, note: "half"),
        .notified(kind: 2, body: []), .logged(call: 0, level: 6, message: "m", fields: [1]),
        .invoked(operation: 1, WorkerMessage.Invocation(parent: 2, operation: "source.query", body: [7])),
        .aborted(operation: 1), .pong(.max), .misbehaved(.staleCompletions(8)),
        .misbehaved(.completedAndRefused(item: "a")), .misbehaved(.slowSubmit(item: "b", nanoseconds: 12)),
        .destroyed(true),
    ]

    @Test(arguments: fromGateway) func `what the gateway says arrives as it was said`(message: GatewayMessage) throws {
        var assembler = FrameAssembler(fromWorker: false, limits: Self.limits)
        assembler.append(message.bytes[...])
        #expect(try GatewayMessage(try #require(try assembler.frame())) == message)
        #expect(try assembler.frame() == nil)
    }

    @Test(arguments: fromWorker) func `what a worker says arrives as it was said`(message: WorkerMessage) throws {
        var assembler = FrameAssembler(fromWorker: true, limits: Self.limits)
        assembler.append(message.bytes[...])
        #expect(try WorkerMessage(try #require(try assembler.frame())) == message)
    }

    @Test(arguments: [1, 3, 19, 20, 21, 64]) func `it does not matter how the bytes are cut`(piece: Int) throws {
        var assembler = FrameAssembler(fromWorker: true, limits: Self.limits)
        var heard: [WorkerMessage] = []
        var rest = Self.fromWorker.flatMap(\.bytes)[...]
        while !rest.isEmpty {
            assembler.append(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            while let frame = try assembler.frame() { heard.append(try WorkerMessage(frame)) }
        }
        #expect(heard == Self.fromWorker)
        #expect(assembler.waitingBytes == 0)
    }

    @Test func `a payload at its limit passes and one byte more does not`() throws {
        var assembler = FrameAssembler(fromWorker: false, limits: Self.limits)
        for size in [4096, 4097] {
            let body = ArraySlice(repeating: UInt8(1), count: size)
            assembler.append(GatewayMessage.reply(operation: 1, status: 0, body: body).bytes[...])
        }
        #expect(try assembler.frame()?.payload.count == 4096)
        #expect(throws: FrameError.tooLong(.reply, bytes: 4097)) { try assembler.frame() }
    }

    @Test func `a length alone takes no memory`() throws {
        var assembler = FrameAssembler(fromWorker: true, limits: FrameLimits(resultBytes: 1 << 30, requestBytes: 1))
        assembler.append([0, 0, 0, 63, 35, 0, 0, 0] + ArraySlice(repeating: 0, count: 12))
        #expect(try assembler.frame() == nil)
        #expect(assembler.waitingBytes == Frame.headBytes)
    }

    @Test func `unknown kinds and kinds of the other direction end the conversation`() {
        var unknown = FrameAssembler(fromWorker: true, limits: Self.limits)
        unknown.append([0, 0, 0, 0, 200, 1] + ArraySlice(repeating: 0, count: 14))
        #expect(throws: FrameError.unknownKind(456)) { try unknown.frame() }
        var reversed = FrameAssembler(fromWorker: true, limits: Self.limits)
        reversed.append(GatewayMessage.destroy.bytes[...])
        #expect(throws: FrameError.wrongDirection(.destroy)) { try reversed.frame() }
    }

    @Test(
        arguments: [
            Frame(.completed, payload: [9, 0, 0, 0, 1]), Frame(.completed, payload: [255, 255, 255, 255]),
            Frame(.completedTooLarge, payload: [1]), Frame(.progressed, payload: [1]), Frame(.invoked, payload: []),
            Frame(.logged, payload: [200, 0, 0, 0]),
        ]
    )
    func `parts that reach beyond the payload are refused`(frame: Frame) {
        #expect(throws: FrameError.tooShort(frame.kind)) { try WorkerMessage(frame) }
    }

    @Test func `any bytes are frames or an error, never more`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var assembler = FrameAssembler(fromWorker: true, limits: Self.limits)
            var bytes = (0..<Int.random(in: 20...80)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            // Mostly kinds there are, and lengths that fit.
            bytes[0] %= 64
            bytes.replaceSubrange(1..<4, with: [0, 0, 0])
            bytes.replaceSubrange(4..<6, with: [32 + bytes[4] % 17, 0])
            assembler.append(bytes[...])
            do throws(FrameError) {
                while let frame = try assembler.frame() { _ = try WorkerMessage(frame) }
            } catch {}
            #expect(assembler.waitingBytes <= bytes.count)
        }
    }

    @Test func `the order of a worker comes back from its arguments`() {
        let order = WorkerOrder(
            label: "epic",
            required: 7,
            dataBytes: 1 << 30,
            parent: 42,
            loaderTime: .seconds(5),
            frames: Self.limits
        )
        #expect(WorkerOrder(["beamline", "plugin-worker"] + order.arguments) == order)
        #expect(WorkerOrder(["beamline", "plugin-worker"]) == nil)
    }

    @Test func `layers have the names of the configuration`() {
        #expect(SandboxLayers.all.names == SandboxLayers.words)
        #expect(SandboxLayers(words: ["landlock", "nothing"]) == .landlock)
        #expect(SandboxLayers.always.names == ["no-new-privs", "seccomp", "rlimits"])
    }
}

import CSandbox
import Glibc
import PluginHosting

/// Reads what a runner says until it is gone or must be, and answers for what the system refuses it.
struct RunnerHearing {
    private let process: WorkerProcess
    private let mostMemory: Int
    /// Answers refused calls; -1 while there is none.
    private var listener: CInt = -1
    private var isOpen = (report: true, errors: true)
    private var mark = ""
    private var line: [UInt8] = []
    private(set) var written: [UInt8] = []
    private(set) var said: [UInt8] = []
    private(set) var refusals: [Refusal] = []
    private(set) var hasWitness = false

    private static let mostReportBytes = 32 << 20
    private static let mostErrorBytes = 4 << 10
    private static let mostRefusals = 64
    /// How often the memory is looked at, in milliseconds.
    private static let pace: Int64 = 100

    /// The memory is private memory, in bytes.
    init(_ process: WorkerProcess, mostMemory: Int) {
        self.process = process
        self.mostMemory = mostMemory
    }

    /// Reads until the report is closed.
    /// - Returns: why the runner must be ended; nil when it came to an end by itself.
    mutating func run(until end: ContinuousClock.Instant) -> RunnerProcess.End? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while isOpen.report {
            let left = (end - ContinuousClock.now).wholeMilliseconds
            guard left > 0 else { return .outOfTime }
            if let memory = process.memory, memory > mostMemory { return .memory(memory) }
            var waiting = [
                pollfd(fd: process.channel, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen.errors ? process.errors : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&waiting, 3, Int32(min(left, Self.pace))) > 0 else { continue }
            // First what was said before: it tells where a refused call was made.
            if waiting[0].revents != 0 { readReport(&buffer) }
            if waiting[1].revents != 0 { readErrors(&buffer) }
            if waiting[2].revents & Int16(POLLIN) != 0 {
                answer()
            } else if waiting[2].revents != 0 {
                stopAnswering()
            }
        }
        return nil
    }

    mutating func close() {
        stopAnswering()
        Glibc.close(process.channel)
        Glibc.close(process.errors)
    }

    private mutating func stopAnswering() {
        if listener >= 0 { Glibc.close(listener) }
        listener = -1
    }

    private mutating func readReport(_ buffer: inout [UInt8]) {
        while isOpen.report {
            var descriptor: CInt = -1
            let count = unsafe witness_receive(process.channel, &buffer, buffer.count, &descriptor)
            if descriptor >= 0 { take(descriptor) }
            if count < 0 {
                if errno == EINTR { continue }
                isOpen.report = errno == EAGAIN
                return
            }
            isOpen.report = count > 0 && written.count < Self.mostReportBytes
            written += buffer[..<count]
            follow(buffer[..<count])
        }
    }

    /// The first descriptor answers; a plugin may have sent others.
    private mutating func take(_ descriptor: CInt) {
        guard !hasWitness else {
            Glibc.close(descriptor)
            return
        }
        hasWitness = true
        listener = descriptor
    }

    /// Keeps the last mark.
    private mutating func follow(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if byte != UInt8(ascii: "\n") {
                if line.count < 1024 { line.append(byte) }
                continue
            }
            if line.first == UInt8(ascii: "@") { mark = String(decoding: line.dropFirst(), as: UTF8.self) }
            line = []
        }
    }

    private mutating func readErrors(_ buffer: inout [UInt8]) {
        let count = unsafe read(process.errors, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        isOpen.errors = count > 0
        said = Array((said + buffer[..<max(0, count)]).suffix(Self.mostErrorBytes))
    }

    private mutating func answer() {
        var call = witness_call()
        guard unsafe witness_next(listener, &call) == 0 else { return }
        let refusal = Refusal(call, of: process.pid, at: mark)
        // What opens a file to read it goes on: whether it may, another wall says.
        let answered = witness_answer(listener, call.id, refusal.purpose == .reads ? 0 : EPERM)
        // Of a thread that is gone nothing is known, and before the first mark nothing of the plugin runs.
        guard answered == 0, !mark.isEmpty, !refusal.isAllowed, refusals.count < Self.mostRefusals,
            !refusals.contains(where: { $0.isLike(refusal) })
        else { return }
        refusals.append(refusal)
    }
}

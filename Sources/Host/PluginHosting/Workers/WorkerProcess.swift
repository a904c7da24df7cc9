import CSandbox
package import Glibc

/// A process started for a worker, and this end of what it was given.
package struct WorkerProcess: Sendable {
    /// Why there is none; a sentence for the operator.
    package struct Failure: Error, Sendable {
        package let reason: String
    }

    package let pid: pid_t
    /// The socket; does not block.
    package let channel: CInt
    /// What the process writes to its error stream; does not block.
    package let errors: CInt

    /// Starts a program with a sealed library as its descriptor 1, and words for it after its name.
    ///
    /// Blocks for a moment. The calling thread must live as long as the worker may: its end ends the worker.
    package static func start(
        _ program: String,
        _ arguments: [String],
        image: CInt
    ) throws(Failure) -> WorkerProcess {
        var ends: [CInt] = [-1, -1]
        var pipe: [CInt] = [-1, -1]
        let failed = unsafe sandbox_ends(&ends, &pipe)
        guard failed == 0 else { throw failure("descriptors", failed) }
        defer { for descriptor in [ends[1], pipe[1]] { close(descriptor) } }
        var pid: CInt = 0
        let error = unsafe withArguments(["beamline"] + arguments) { arguments in
            unsafe sandbox_spawn(program, arguments, ends[1], image, pipe[1], &pid)
        }
        guard error == 0 else {
            close(ends[0])
            close(pipe[0])
            throw failure("process", error)
        }
        return WorkerProcess(pid: pid, channel: ends[0], errors: pipe[0])
    }

    /// Kills the process and waits for its end; blocks for a moment.
    /// - Returns: how it ended, in words.
    func reap() -> String {
        kill(pid, SIGKILL)
        var status: CInt = 0
        while unsafe waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return "unknown" }
        }
        let signal = status & 0x7F
        return signal == 0 ? "exit status \(status >> 8 & 0xFF)" : "signal \(signal)"
    }

    /// The private memory the process has in use, in bytes; nil when it is gone.
    package var memory: Int? {
        let file = unsafe open("/proc/\(pid)/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let pages = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
        guard pages.count > 2 else { return nil }
        return (pages[1] - pages[2]) * sysconf(Int32(_SC_PAGESIZE))
    }

    private static func failure(_ what: String, _ error: CInt) -> Failure {
        let text = unsafe strerror(error).map { unsafe String(cString: $0) } ?? "error \(error)"
        return Failure(reason: "The system gives no \(what) for a plugin's worker: \(text).")
    }

    /// Words as a C program gets them.
    private static func withArguments<Result>(
        _ words: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { preconditionFailure("There is at least the end.") }
            return unsafe body(UnsafePointer(start))
        }
    }
}

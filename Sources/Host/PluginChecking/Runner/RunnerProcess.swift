import Glibc

/// The parent's side: a child that makes one check, and what becomes of it.
struct RunnerProcess: Sendable {
    enum End: Hashable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// It was ended, because its time was over.
        case outOfTime
        /// It could not be started; the system's number of the error.
        case notStarted(Int32)
    }

    let end: End
    let report: RunnerReport
    /// The last of what it wrote to its standard error.
    let lastWords: String

    private static let mostReportBytes = 32 << 20
    private static let mostErrorBytes = 4 << 10

    /// Runs a check to its end.
    ///
    /// Blocks.
    init(_ task: RunnerTask, executable: String) {
        let channels = Self.pipes()
        let started = Self.start(executable, task.arguments, channels)
        channels.closeWriters()
        guard case .success(let child) = started else {
            channels.closeReaders()
            end = if case .failure(let failure) = started { .notStarted(failure.number) } else { .notStarted(0) }
            report = RunnerReport()
            lastWords = ""
            return
        }
        let (written, errors, isInTime) = Self.drain(channels, until: ContinuousClock.now + task.settings.budget)
        // Its threads and children as well.
        kill(-child, SIGKILL)
        channels.closeReaders()
        let status = Self.wait(for: child)
        report = RunnerReport(reading: written)
        lastWords = String(decoding: errors, as: UTF8.self)
        end = !isInTime ? .outOfTime : status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
    }

    private struct StartFailure: Error {
        let number: Int32
    }

    private struct Channels {
        var report: (reader: Int32, writer: Int32)
        var errors: (reader: Int32, writer: Int32)

        func closeWriters() {
            close(report.writer)
            close(errors.writer)
        }

        func closeReaders() {
            close(report.reader)
            close(errors.reader)
        }
    }

    private static func pipes() -> Channels {
        func make() -> (Int32, Int32) {
            var ends: [Int32] = [-1, -1]
            _ = unsafe pipe(&ends)
            // Above the numbers the child's are put on.
            return (fcntl(ends[0], F_DUPFD_CLOEXEC, 10), moved(ends[1], closing: ends[0]))
        }
        return Channels(report: make(), errors: make())
    }

    private static func moved(_ descriptor: Int32, closing other: Int32) -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 10)
        close(descriptor)
        close(other)
        return copy
    }

    private static func start(
        _ executable: String,
        _ arguments: [String],
        _ channels: Channels
    ) -> Result<pid_t, StartFailure> {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, channels.errors.writer, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, channels.errors.writer, 2)
        unsafe posix_spawn_file_actions_adddup2(&actions, channels.report.writer, RunnerTask.reportDescriptor)
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        // Signals as a fresh shell has them, whatever this process does with its own.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        var texts = unsafe Self.copies([executable] + arguments)
        // Without its own crash reporter a crash is told at once.
        var environment = unsafe Self.copies(["PATH=/usr/bin:/bin", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"])
        defer { unsafe (texts + environment).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let number = unsafe posix_spawn(&child, executable, &actions, &attributes, &texts, &environment)
        return number == 0 ? .success(child) : .failure(StartFailure(number: number))
    }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        unsafe texts.map { unsafe strdup($0) } + [nil]
    }

    /// Reads until the child has closed its report, or the time is over.
    private static func drain(
        _ channels: Channels,
        until end: ContinuousClock.Instant
    ) -> (report: [UInt8], errors: [UInt8], isInTime: Bool) {
        var report: [UInt8] = []
        var errors: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var isOpen = (report: true, errors: true)
        while isOpen.report {
            let left = (end - ContinuousClock.now).wholeMilliseconds
            guard left > 0 else { return (report, errors, false) }
            var waiting = [
                pollfd(fd: isOpen.report ? channels.report.reader : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: isOpen.errors ? channels.errors.reader : -1, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&waiting, 2, Int32(min(left, 60_000))) > 0 else { continue }
            if waiting[0].revents != 0 {
                let count = unsafe read(channels.report.reader, &buffer, buffer.count)
                isOpen.report = count > 0 && report.count < mostReportBytes
                report += buffer[..<max(0, count)]
            }
            if waiting[1].revents != 0 {
                let count = unsafe read(channels.errors.reader, &buffer, buffer.count)
                isOpen.errors = count > 0
                errors = Array((errors + buffer[..<max(0, count)]).suffix(mostErrorBytes))
            }
        }
        return (report, errors, true)
    }

    private static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

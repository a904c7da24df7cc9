import Glibc

/// Starts programs so that they get the descriptors they are given and no others.
///
/// Descriptors that other threads open at the same moment do not leak into the child: it closes them itself.
enum Spawn {
    /// Open files of the tests have lower numbers than this.
    private static let highestDescriptor: Int32 = 4096

    /// Starts a program, in a process group of its own, with every signal as a fresh shell has it.
    ///
    /// The environment has lines `NAME=value`; the descriptors are standard input, output and error.
    static func start(
        _ program: String,
        _ arguments: [String],
        environment: [String],
        descriptors: (input: Int32, output: Int32, error: Int32)
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        for (source, target) in [(descriptors.input, Int32(0)), (descriptors.output, 1), (descriptors.error, 2)] {
            unsafe posix_spawn_file_actions_adddup2(&actions, source, target)
        }
        // A number that is not open is passed over.
        for descriptor in Int32(3)..<highestDescriptor {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK)
        )
        let argumentPointers = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
        let environmentPointers = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer {
            unsafe (argumentPointers + environmentPointers).forEach { unsafe free($0) }
        }
        var pid: pid_t = 0
        let code = unsafe posix_spawn(&pid, program, &actions, &attributes, argumentPointers, environmentPointers)
        guard code == 0 else { throw SetupFailure("\(program) cannot be started: error \(code)") }
        return pid
    }

    /// How a child ended, as a shell says it: its status, or 128 and the signal's number; nil while it runs.
    ///
    /// Once answered, the system has forgotten the child.
    static func end(of pid: pid_t) -> Int32? {
        var status: Int32 = 0
        guard unsafe waitpid(pid, &status, WNOHANG) == pid else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}

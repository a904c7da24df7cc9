import Glibc

/// A detached POSIX thread.
enum Thread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a thread.
    ///
    /// The name is shown by the system's tools; cut to 15 bytes.
    /// Throws `PluginLoadError.noThread` when the system refuses.
    static func start(name: String, _ run: @escaping @Sendable () -> Void) throws(PluginLoadError) {
        let named: @Sendable () -> Void = {
            nameCurrent(name)
            run()
        }
        let body = unsafe Unmanaged.passRetained(Body(named)).toOpaque()
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            body
        )
        guard failure == 0 else {
            unsafe Unmanaged<Body>.fromOpaque(body).release()
            throw .noThread(error: failure)
        }
        _ = pthread_detach(thread)
    }

    /// Names the running thread.
    ///
    /// The C function for it is not offered to Swift; the kernel's file does the same.
    private static func nameCurrent(_ name: String) {
        let file = unsafe open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        let short = Array(name.utf8.prefix(15))
        _ = unsafe write(file, short, short.count)
        close(file)
    }
}

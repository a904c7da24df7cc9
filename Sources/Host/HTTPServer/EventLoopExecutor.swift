import NIOCore

/// Runs the tasks of a connection's requests on the connection's own event loop.
///
/// A request that waits for nobody is read, answered and written without changing threads, which costs more than all
/// the rest of a small call.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        // The runtime keeps a job alive until it is run, and the closure runs it once.
        let job = UnownedJob(job)
        eventLoop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

import CCurl
import Glibc

/// The thread on which all transfers run; it ends when its inbox is closed.
enum TransferThread {
    /// What the new thread is given.
    private final class Launch {
        let inbox: TransferInbox
        let settings: OutboundSettings
        let limits: OutboundLimits

        init(inbox: TransferInbox, settings: OutboundSettings, limits: OutboundLimits) {
            self.inbox = inbox
            self.settings = settings
            self.limits = limits
        }

        func run() {
            if var loop = TransferLoop(inbox: inbox, settings: settings, limits: limits) {
                loop.run()
                inbox.detach()
            }
        }
    }

    /// Starts the thread; false when the system has no room for one.
    static func start(inbox: TransferInbox, settings: OutboundSettings, limits: OutboundLimits) -> Bool {
        let launch = Launch(inbox: inbox, settings: settings, limits: limits)
        let context = unsafe Unmanaged.passRetained(launch).toOpaque()
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, main, context)
        guard code == 0 else {
            unsafe Unmanaged<Launch>.fromOpaque(context).release()
            return false
        }
        pthread_detach(thread)
        return true
    }

    private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context = unsafe context else { return nil }
        let launch = unsafe Unmanaged<Launch>.fromOpaque(context).takeRetainedValue()
        // Signals are the other threads' business; a peer that closes early must not raise SIGPIPE here either.
        var all = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_SETMASK, &all, nil)
        launch.run()
        launch.inbox.end()
        return nil
    }
}

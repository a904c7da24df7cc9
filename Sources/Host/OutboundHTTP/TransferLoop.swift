import CCurl
import GatewayCore

/// Drives all transfers over one multi handle, with its connection cache; lives on one thread from start to end.
///
/// `@safe`: the multi handle ends with the loop, which cannot be copied.
@safe
struct TransferLoop: ~Copyable {
    private let inbox: TransferInbox
    private let settings: OutboundSettings
    private let limits: OutboundLimits
    private let multi: UnsafeMutableRawPointer
    private var idle: [EasyHandle] = []
    /// Transfers by the key of their handle.
    private var running: [UInt: Transfer] = [:]

    /// Makes the loop; nil when libcurl has no memory for it.
    init?(inbox: TransferInbox, settings: OutboundSettings, limits: OutboundLimits) {
        guard let multi = unsafe curl_multi_init() else { return nil }
        self.inbox = inbox
        self.settings = settings
        self.limits = limits
        unsafe self.multi = unsafe multi
        unsafe curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.maximumConcurrent)
        unsafe inbox.attach(LoopWaker(multi: multi))
    }

    deinit {
        unsafe curl_multi_cleanup(multi)
    }

    /// Works until the inbox is closed; then everything that is under way is given up.
    mutating func run() {
        while true {
            let work = inbox.takeWork()
            guard !work.isClosed else {
                // Those that were let in but not started still count as taken: they are told as well.
                for submission in work.starts { inbox.abandon(submission) }
                break
            }
            var canStartMore = false
            for submission in work.cancellations { canStartMore = cancel(submission) || canStartMore }
            for submission in work.starts where !start(submission) {
                canStartMore = inbox.release(submission) || canStartMore
            }
            var count: Int32 = 0
            unsafe curl_multi_perform(multi, &count)
            canStartMore = finishDone() || canStartMore
            let sleep = canStartMore ? 0 : Int32(work.sleepMilliseconds)
            unsafe curl_multi_poll(multi, nil, 0, sleep, nil)
        }
        for transfer in Array(running.values) {
            inbox.abandon(transfer.submission)
            remove(transfer, code: CURLE_ABORTED_BY_CALLBACK)
        }
    }

    /// Answers false when there is nothing to transfer.
    private mutating func start(_ submission: Submission) -> Bool {
        guard !submission.isSettled else { return false }
        guard !submission.request.deadline.hasPassed else {
            submission.settle(.failure(.timeout))
            return false
        }
        guard let easy = idle.popLast() ?? EasyHandle() else {
            submission.settle(.failure(.unreachable("libcurl has no memory for another transfer")))
            return false
        }
        let transfer = Transfer(submission, easy: easy, limits: limits)
        transfer.start(settings)
        running[easy.key] = transfer
        let code = unsafe curl_multi_add_handle(multi, easy.pointer)
        guard code == CURLM_OK else {
            remove(transfer, code: CURLE_FAILED_INIT)
            return false
        }
        return true
    }

    /// Answers whether others may start in its place.
    private mutating func cancel(_ submission: Submission) -> Bool {
        guard let transfer = running.values.first(where: { $0.submission === submission }) else {
            return false
        }
        remove(transfer, code: CURLE_ABORTED_BY_CALLBACK)
        return inbox.release(submission)
    }

    /// Settles the transfers that ended; answers whether others may start in their place.
    private mutating func finishDone() -> Bool {
        var canStartMore = false
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle,
                let transfer = unsafe running[EasyHandle.key(of: easy)]
            else { continue }
            // The message is gone with the handle: its code is read before.
            let code = unsafe message.pointee.data.result
            remove(transfer, code: code)
            canStartMore = inbox.release(transfer.submission) || canStartMore
        }
        return canStartMore
    }

    /// Takes the handle out, settles the answer, and keeps the handle for the next one.
    private mutating func remove(_ transfer: Transfer, code: CURLcode) {
        let easy = transfer.easy
        running[easy.key] = nil
        unsafe curl_multi_remove_handle(multi, easy.pointer)
        transfer.finish(code)
        // Nothing of this request, its pointers least of all, may reach the next one.
        easy.reset()
        idle.append(easy)
    }
}

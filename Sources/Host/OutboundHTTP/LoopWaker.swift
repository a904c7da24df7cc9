import CCurl

/// Wakes the thread that waits in `curl_multi_poll`.
///
/// `@unchecked Sendable` because `curl_multi_wakeup` is the one function of a multi handle that libcurl lets any
/// thread call; `TransferInbox` calls it under its lock and forgets it, under the same lock, before the handle ends.
@safe
struct LoopWaker: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer

    init(multi: UnsafeMutableRawPointer) {
        unsafe self.multi = unsafe multi
    }

    func wake() {
        unsafe curl_multi_wakeup(multi)
    }
}

import CCurl
import GatewayCore
import Glibc

/// One transfer under way: the easy handle, what libcurl's callbacks write to, and whose answer it is.
///
/// Lives on the transfer thread only. Between `start` and `finish` libcurl holds one retained reference to it.
/// `@safe`: the pointers belong to it alone and end with it.
@safe
final class Transfer {
    let submission: Submission
    let easy: EasyHandle
    var collector: ResponseCollector
    /// An address the policy forbids, when one was tried.
    var refusedAddress: IPAddress?

    private let errorText: UnsafeMutablePointer<CChar>
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var timeoutMilliseconds = 0

    init(_ submission: Submission, easy: EasyHandle, limits: OutboundLimits) {
        self.submission = submission
        self.easy = easy
        collector = ResponseCollector(
            maximumBytes: submission.request.maximumBytes,
            truncates: submission.request.truncates,
            limits: limits
        )
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_slist_free_all(headerList)
        unsafe errorText.deallocate()
    }

    /// Whether an address may be connected to; remembers one that may not.
    func admits(_ address: IPAddress) -> Bool {
        guard submission.request.requiresPublicAddress, !AddressCheck.isPublic(address) else { return true }
        refusedAddress = address
        return false
    }

    /// Fills the handle.
    ///
    /// The reference that libcurl gets is released in `finish`.
    func start(_ settings: OutboundSettings) {
        let request = submission.request
        // A time-out of 0 would mean none; a day is more than any deadline.
        timeoutMilliseconds = min(max(1, request.deadline.remainingMilliseconds), 86_400_000)
        unsafe curl_set_long(easy.pointer, CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        unsafe curl_set_string(easy.pointer, CURLOPT_URL, request.url.text)
        for line in request.headerLines { unsafe headerList = unsafe curl_slist_append(headerList, line) }
        unsafe curl_set_headers(easy.pointer, headerList)
        setMethod(request)
        unsafe EasyOptions.apply(settings, to: easy.pointer)
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe curl_set_pointer(easy.pointer, CURLOPT_ERRORBUFFER, errorText)
        unsafe TransferCallbacks.install(on: easy.pointer, context: context)
    }

    /// Settles the answer and drops libcurl's reference.
    ///
    /// To be called once after `start`, the handle being out of
    /// the multi handle, so that no callback follows.
    func finish(_ code: CURLcode) {
        submission.settle(answer(code))
        unsafe Unmanaged.passUnretained(self).release()
    }

    private func setMethod(_ request: PreparedRequest) {
        switch request.method {
        case "GET":
            unsafe curl_set_long(easy.pointer, CURLOPT_HTTPGET, 1)
        case "HEAD":
            unsafe curl_set_long(easy.pointer, CURLOPT_NOBODY, 1)
        case let method:
            if request.body != nil || method != "DELETE" && method != "OPTIONS" {
                unsafe curl_set_long(easy.pointer, CURLOPT_POST, 1)
                let body = request.body ?? []
                unsafe curl_set_body(easy.pointer, body, curl_off_t(body.count))
            }
            if method != "POST" { unsafe curl_set_string(easy.pointer, CURLOPT_CUSTOMREQUEST, method) }
        }
    }

    private func answer(_ code: CURLcode) -> Submission.Answer {
        switch collector.stop {
        case .tooLarge: return .failure(.tooLarge)
        case .tooManyHeaderFields: return .failure(.unreachable("the answer has too many header fields"))
        case .headersTooLarge: return .failure(.unreachable("the answer's header fields are too large"))
        case .truncated: return .success(response(isTruncated: true))
        case nil: break
        }
        switch code {
        case CURLE_OK: return .success(response(isTruncated: false))
        case CURLE_OPERATION_TIMEDOUT where hasUsedWholeTime: return .failure(.timeout)
        default: break
        }
        if let refusedAddress {
            return .failure(.refused("\(submission.request.url.origin) is at \(refusedAddress), which is not public"))
        }
        return .failure(.unreachable(reason(code)))
    }

    private func response(isTruncated: Bool) -> FetchResponse {
        var status = 0
        unsafe curl_get_long(easy.pointer, CURLINFO_RESPONSE_CODE, &status)
        return FetchResponse(
            status: status,
            headers: collector.headers,
            body: collector.body,
            isTruncated: isTruncated
        )
    }

    /// Tells the request's own time-out from the one for connecting.
    private var hasUsedWholeTime: Bool {
        var microseconds: curl_off_t = 0
        unsafe curl_get_size(easy.pointer, CURLINFO_TOTAL_TIME_T, &microseconds)
        return Int(microseconds) / 1000 + 1 >= timeoutMilliseconds || submission.request.deadline.hasPassed
    }

    private func reason(_ code: CURLcode) -> String {
        let detail = unsafe String(cString: errorText)
        let general = unsafe String(cString: curl_easy_strerror(code))
        return "\(submission.request.url.origin): \(detail.isEmpty ? general : detail)"
    }
}

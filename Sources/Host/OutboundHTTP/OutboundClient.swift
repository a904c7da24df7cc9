import CCurl
package import GatewayCore

/// Sends every request the gateway makes, within the egress policy, over one thread of libcurl's multi interface.
///
/// Connections are kept and used again; HTTP/2 is spoken where TLS negotiates it. Redirects are not followed, cookies
/// not kept, bodies not decompressed.
package final class OutboundClient: HTTPFetch, Sendable {
    private let policy: EgressPolicy
    private let inbox: TransferInbox

    /// Starts the client's thread.
    /// - Throws: `OutboundClientError` when the system cannot give what it needs.
    package init(
        policy: EgressPolicy,
        settings: OutboundSettings = OutboundSettings(),
        limits: OutboundLimits = OutboundLimits()
    ) throws(OutboundClientError) {
        self.policy = policy
        inbox = TransferInbox(limits: limits)
        // Counted by libcurl, and safe from several threads; never undone, because other clients may live on.
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else { throw .library }
        guard TransferThread.start(inbox: inbox, settings: settings, limits: limits) else { throw .thread }
    }

    deinit {
        inbox.close()
    }

    package func fetch(_ request: FetchRequest) async throws(FetchError) -> FetchResponse {
        let prepared = try PreparedRequest(request, policy: policy)
        guard !prepared.deadline.hasPassed else { throw .timeout }
        let submission = Submission(prepared)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if submission.wait(continuation) { inbox.submit(submission) }
            }
        } onCancel: {
            inbox.cancel(submission)
        }
        return try answer.get()
    }

    /// Gives up what is under way, with `FetchError.unreachable`, and returns once the thread has released everything.
    ///
    /// May be called more than once; every later `fetch` is refused. A client that is dropped does the same without
    /// anybody waiting for it.
    package func shutdown() async {
        inbox.close()
        await inbox.waitForEnd()
    }
}

/// Takes note of requests that were turned away, for the operator's log.
///
/// Never waits.
package protocol FailureReporting: Sendable {
    func report(_ failure: RefusedRequest)
}

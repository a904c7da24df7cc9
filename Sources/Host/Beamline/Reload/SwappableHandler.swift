import HTTPServer
import Synchronization

/// What answers requests now; a reload puts another in its place.
///
/// A request is answered to its end by what it began with.
final class SwappableHandler: HTTPHandler {
    private let current: Mutex<any HTTPHandler>

    init(_ handler: any HTTPHandler) {
        current = Mutex(handler)
    }

    func respond(to request: HTTPRequest) async -> HTTPResponse {
        await current.withLock { $0 }.respond(to: request)
    }

    func replace(with handler: any HTTPHandler) {
        current.withLock { $0 = handler }
    }
}

import NIOCore
import NIOHTTP1

/// Puts decoded parts together to requests.
///
/// Pure: no channel, no clock.
struct RequestAssembler {
    enum Event {
        /// The client waits for `100 Continue`.
        case awaitsContinue
        case request(HTTPRequest, Exchange)
        /// Nothing after this can be read any more.
        case refusal(Refusal, Exchange)
    }

    /// The most bytes reserved on a client's word alone.
    private static let maximumReservation = 64 << 10

    private let maximumBodyBytes: Int
    private let remoteAddress: String?
    private let socketPath: String?
    private var headers = HTTPHeaders()
    private var method = HTTPMethod.GET
    private var head: RequestHead?
    private var body: [UInt8] = []
    /// Whether a refusal has been made; all further parts are ignored.
    private(set) var isFinished = false

    init(maximumBodyBytes: Int, remoteAddress: String?, socketPath: String? = nil) {
        self.maximumBodyBytes = maximumBodyBytes
        self.remoteAddress = remoteAddress
        self.socketPath = socketPath
    }

    /// Whether a head has come and its content has not ended.
    var isReceivingBody: Bool { head != nil }

    mutating func take(_ part: HTTPServerRequestPart) -> Event? {
        guard !isFinished else { return nil }
        switch part {
        case .head(let head): return begin(head)
        case .body(let bytes): return append(bytes)
        case .end: return end()
        }
    }

    /// Ends the reading with a refusal; nil when there was one before.
    mutating func refuse(_ refusal: Refusal) -> Event? {
        guard !isFinished else { return nil }
        isFinished = true
        defer { head = nil }
        return .refusal(refusal, head?.exchange ?? Exchange())
    }

    private mutating func begin(_ head: HTTPRequestHead) -> Event? {
        do throws(Refusal) {
            let read = try RequestHead(head, maximumBodyBytes: maximumBodyBytes)
            self.head = read
            method = head.method
            headers = head.headers
            return read.awaitsContinue ? .awaitsContinue : nil
        } catch {
            isFinished = true
            return .refusal(error, Exchange(omitsContent: head.method == .HEAD))
        }
    }

    private mutating func append(_ bytes: ByteBuffer) -> Event? {
        guard bytes.readableBytes <= maximumBodyBytes - body.count else {
            body = []
            return refuse(.bodyTooLarge(maximumBytes: maximumBodyBytes))
        }
        if body.isEmpty, let length = head?.contentLength, length > bytes.readableBytes {
            body.reserveCapacity(min(length, Self.maximumReservation))
        }
        body.append(contentsOf: bytes.readableBytesView)
        return nil
    }

    private mutating func end() -> Event? {
        guard let head else { return nil }
        let request = HTTPRequest(
            method: method.rawValue,
            path: head.path,
            query: head.query,
            headers: HTTPHeaderFields(headers),
            body: body,
            remoteAddress: remoteAddress,
            socketPath: socketPath
        )
        self.head = nil
        headers = HTTPHeaders()
        body = []
        return .request(request, head.exchange)
    }
}

internal import CPostgreSQL
internal import Glibc

/// One open connection of libpq, in pipeline mode and non-blocking; closed with this object.
///
/// `@unchecked Sendable` because all of it is used on the queue of its `PostgresConnection`, but for `cancel`, which
/// libpq allows on any thread. Safe because the handles are valid from `init` to `deinit`.
@safe
final class PostgresLink: @unchecked Sendable {
    enum Flush {
        case done, unfinished, failed
    }

    private let connection: OpaquePointer
    private let cancellation: OpaquePointer?
    private let session: [String]
    /// The socket, under a number of our own.
    ///
    /// libpq closes its number as soon as it sees that the server is gone. The next connection may get that number
    /// while a dispatch source still watches it, and then would never hear of anything.
    let descriptor: Int32

    /// Takes over a connection that is ready; it is closed when this fails.
    init(adopting connection: OpaquePointer) throws(PostgresError) {
        unsafe self.connection = unsafe connection
        unsafe cancellation = unsafe PQgetCancel(connection)
        descriptor = unsafe fcntl(PQsocket(connection), F_DUPFD_CLOEXEC, 0)
        session = unsafe Self.session(of: connection)
        let isReady = unsafe PQsetnonblocking(connection, 1) == 0 && PQenterPipelineMode(connection) == 1
        guard isReady, descriptor >= 0 else { throw PostgresError(.connectionFailed, detail: message) }
    }

    deinit {
        unsafe PQfreeCancel(cancellation)
        unsafe PQfinish(connection)
        if descriptor >= 0 { close(descriptor) }
    }

    // MARK: - State

    /// libpq's words for what happened last.
    var message: String { unsafe Self.message(of: connection) }

    /// Whether the connection is of no more use.
    var isBroken: Bool { unsafe PQstatus(connection) == CONNECTION_BAD }

    /// Whether no transaction is open and nothing runs.
    var isIdle: Bool { unsafe PQtransactionStatus(connection) == PQTRANS_IDLE }

    /// Whether a transaction was left open, failed or not.
    var isInTransaction: Bool {
        let status = unsafe PQtransactionStatus(connection)
        return status == PQTRANS_INERROR || status == PQTRANS_INTRANS
    }

    /// Whether the settings that decide how values are written are those of the beginning.
    var isSessionUnchanged: Bool { unsafe Self.session(of: connection) == session }

    /// How many bytes have come and were not read.
    var readableBytes: Int { Int(postgres_readable_bytes(descriptor)) }

    /// Whether the server has closed the connection or reset it, whatever is still to be read.
    var isHungUp: Bool {
        var question = pollfd(fd: descriptor, events: 0, revents: 0)
        return unsafe poll(&question, 1, 0) > 0 && question.revents & Int16(POLLHUP | POLLERR) != 0
    }

    /// The server's version as libpq numbers it, such as 150020.
    var serverVersion: Int { unsafe Int(PQserverVersion(connection)) }

    /// What libpq says of a connection, in one line.
    static func message(of connection: OpaquePointer) -> String {
        unsafe PQerrorMessage(connection).map { unsafe String(cString: $0).oneLine } ?? ""
    }

    private static func session(of connection: OpaquePointer) -> [String] {
        let names: [String] = ["TimeZone", "DateStyle", "IntervalStyle", "client_encoding"]
        return names.map { name in
            unsafe PQparameterStatus(connection, name).map { unsafe String(cString: $0) } ?? ""
        }
    }

    // MARK: - Sending; false when the connection is of no more use

    func send(_ command: String) -> Bool {
        unsafe PQsendQueryParams(connection, command, 0, nil, nil, nil, nil, 0) == 1
    }

    func prepare(_ text: String, as name: String) -> Bool {
        unsafe PQsendPrepare(connection, name, text, 0, nil) == 1
    }

    func describe(_ name: String) -> Bool {
        unsafe PQsendDescribePrepared(connection, name) == 1
    }

    /// Sends a statement that is not kept prepared.
    func send(_ text: String, _ parameters: [String?]) -> Bool {
        unsafe Self.withValues(parameters) { values in
            unsafe PQsendQueryParams(connection, text, Int32(values.count), nil, values, nil, nil, 0) == 1
        }
    }

    func execute(_ name: String, _ parameters: [String?]) -> Bool {
        unsafe Self.withValues(parameters) { values in
            unsafe PQsendQueryPrepared(connection, name, Int32(values.count), values, nil, nil, 0) == 1
        }
    }

    private static func withValues(_ parameters: [String?], _ body: ([UnsafePointer<CChar>?]) -> Bool) -> Bool {
        // One buffer for all values: libpq copies them before the call returns.
        var bytes: [CChar] = []
        let offsets: [Int?] = parameters.map { parameter in
            guard let parameter else { return nil }
            defer { bytes.append(contentsOf: parameter.utf8CString) }
            return bytes.count
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            let values: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
                guard let start = buffer.baseAddress, let offset else { return nil }
                return unsafe start + offset
            }
            return unsafe body(values)
        }
    }

    /// Ends what is sent together: after an error the server goes on here.
    func synchronize() -> Bool {
        unsafe PQpipelineSync(connection) == 1
    }

    func flush() -> Flush {
        switch unsafe PQflush(connection) {
        case 0: .done
        case 1: .unfinished
        default: .failed
        }
    }

    // MARK: - Receiving

    /// Reads what has come; false when the connection is of no more use.
    func consumeInput() -> Bool {
        unsafe PQconsumeInput(connection) == 1
    }

    /// Asks for the rows of the command whose results come next one by one.
    func wantSingleRows() {
        // Refused when the command was skipped: then there are no rows.
        _ = unsafe PQsetSingleRowMode(connection)
    }

    /// Whether the next result has not come yet.
    var isBusy: Bool { unsafe PQisBusy(connection) == 1 }

    /// The next result; nil at the end of a command's results.
    ///
    /// Blocks while `isBusy`.
    func nextResult() -> PostgresResult? {
        guard let result = unsafe PQgetResult(connection) else { return nil }
        return unsafe PostgresResult(result)
    }

    /// Forgets the notifications that came.
    func dropNotifications() {
        while let notification = unsafe PQnotifies(connection) {
            unsafe PQfreemem(notification)
        }
    }

    // MARK: - Cancelling

    /// Asks the server to end what runs, over a connection of its own: blocks until the server has heard.
    func cancel() {
        guard let cancellation = unsafe cancellation else { return }
        var message = [CChar](repeating: 0, count: 256)
        _ = unsafe PQcancel(cancellation, &message, Int32(message.count))
    }
}

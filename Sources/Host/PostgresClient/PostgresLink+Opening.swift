internal import CPostgreSQL
internal import Glibc

extension PostgresLink {
    /// Connects; blocks for the time parameters allow, and for the lookup of the name.
    static func open(_ parameters: PostgresParameters) throws(PostgresError) -> PostgresLink {
        let end = SuspendingClock.now.advanced(by: parameters.connectTimeout)
        guard let connection = unsafe start(parameters.keywords) else {
            throw PostgresError(.connectionFailed, detail: "out of memory")
        }
        unsafe postgres_ignore_notices(connection)
        do {
            try unsafe complete(connection, by: end)
        } catch {
            unsafe PQfinish(connection)
            throw error
        }
        return try unsafe PostgresLink(adopting: connection)
    }

    private static func start(_ keywords: [(name: String, value: String)]) -> OpaquePointer? {
        let names = unsafe keywords.map { unsafe strdup($0.name) } + [nil]
        let values = unsafe keywords.map { unsafe strdup($0.value) } + [nil]
        defer {
            unsafe names.forEach { unsafe free($0) }
            unsafe values.forEach { unsafe free($0) }
        }
        // The 0 keeps libpq from reading the database's name as a connection string.
        return unsafe PQconnectStartParams(
            names.map { unsafe UnsafePointer($0) },
            values.map { unsafe UnsafePointer($0) },
            0
        )
    }

    private static func complete(
        _ connection: OpaquePointer,
        by end: SuspendingClock.Instant
    ) throws(PostgresError) {
        var status = PGRES_POLLING_WRITING
        guard unsafe PQstatus(connection) != CONNECTION_BAD else {
            throw PostgresError(.connectionFailed, detail: unsafe message(of: connection))
        }
        while status != PGRES_POLLING_OK {
            guard status != PGRES_POLLING_FAILED else {
                throw PostgresError(.connectionFailed, detail: unsafe message(of: connection))
            }
            let events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT
            guard unsafe wait(for: Int16(events), on: PQsocket(connection), until: end) else {
                throw PostgresError(.connectionFailed, detail: "the server did not answer in time")
            }
            status = unsafe PQconnectPoll(connection)
        }
    }

    /// Waits until a socket is ready for something; false when that takes too long.
    static func wait(for events: Int16, on descriptor: Int32, until end: SuspendingClock.Instant) -> Bool {
        var question = pollfd(fd: descriptor, events: events, revents: 0)
        while true {
            let left = SuspendingClock.now.duration(to: end)
            guard left > .zero else { return false }
            let milliseconds = Int32(clamping: Int(left / .milliseconds(1)) + 1)
            let count = unsafe poll(&question, 1, milliseconds)
            if count > 0 { return true }
            if count < 0, errno != EINTR { return false }
        }
    }
}

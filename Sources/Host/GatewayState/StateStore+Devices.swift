/// Devices that wait for a person.
extension StateStore {
    /// Keeps a device, unless its user code is taken or as many wait as may.
    package func add(_ device: DeviceRecord, atMost maximum: Int) async throws(StateError) -> Bool {
        try await write { db in
            let count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM devices") ?? 0
            guard count < maximum else { return false }
            try db.execute(
                sql: """
                    INSERT INTO devices (digest, user_code, client, scopes, state, poll_interval, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_code) DO NOTHING
                    """,
                arguments: [
                    device.digest, device.userCode, device.client, Lines.text(device.scopes), device.state.rawValue,
                    device.interval, device.expiresAt,
                ]
            )
            return db.changesCount == 1
        }
    }

    /// The device somebody typed the code of, while it waits.
    package func device(userCode: String, at now: Int64) async throws(StateError) -> DeviceRecord? {
        try await read { db in
            try Row.fetchOne(
                db,
                sql: "SELECT * FROM devices WHERE user_code = ? AND expires_at > ? AND state = 'waiting'",
                arguments: [userCode, now]
            ).map(DeviceRecord.init)
        }
    }

    /// The device with that code, expired or not.
    package func device(digest: String) async throws(StateError) -> DeviceRecord? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM devices WHERE digest = ?", arguments: [digest])
                .map(DeviceRecord.init)
        }
    }

    /// Remembers when a device asked, and how long it has to wait.
    package func notePoll(digest: String, at now: Int64, interval: Int64) async throws(StateError) {
        try await write { db in
            try db.execute(
                sql: "UPDATE devices SET polled_at = ?, poll_interval = ? WHERE digest = ?",
                arguments: [now, interval, digest]
            )
        }
    }

    /// Writes down the person's answer, once.
    /// - Returns: whether the device still waited for it.
    package func answerDevice(
        digest: String,
        _ state: DeviceRecord.State,
        grant: String?
    ) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(
                sql: "UPDATE devices SET state = ?, grant_id = ? WHERE digest = ? AND state = 'waiting'",
                arguments: [state.rawValue, grant, digest]
            )
            return db.changesCount == 1
        }
    }

    /// Forgets a device.
    /// - Returns: whether it was there: its tokens go to one caller alone.
    package func removeDevice(digest: String) async throws(StateError) -> Bool {
        try await write { db in
            try db.execute(sql: "DELETE FROM devices WHERE digest = ?", arguments: [digest])
            return db.changesCount == 1
        }
    }
}

extension DeviceRecord {
    fileprivate init(_ row: Row) {
        self.init(
            digest: row["digest"],
            userCode: row["user_code"],
            client: row["client"],
            scopes: Lines.elements(row["scopes"]),
            state: State(rawValue: row["state"]) ?? .denied,
            grant: row["grant_id"],
            polledAt: row["polled_at"],
            interval: row["poll_interval"],
            expiresAt: row["expires_at"]
        )
    }
}

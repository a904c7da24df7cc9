import LocalFiles

/// The file in the state folder that keeps what was approved, for its owner alone.
///
/// Several programs may change it: each reads, changes and replaces it under a lock. All functions block.
package struct ApprovalFile: Sendable {
    /// The largest file, in bytes.
    static let maximumBytes = 64 << 20

    package let path: String

    /// The file of a state folder.
    package init(in folder: String) {
        path = folder + "/approvals.json"
    }

    /// What was approved; an empty book when there is no file yet.
    /// - Throws: for a file that cannot be read or is broken: then nobody knows what was approved.
    package func read() throws(ApprovalFailure) -> ApprovalBook {
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(path, maximumBytes: Self.maximumBytes)
        } catch {
            guard error.isMissing else { throw ApprovalFailure(reason: error.reason) }
            return ApprovalBook()
        }
        do {
            return try ApprovalBook(parsing: bytes)
        } catch {
            throw ApprovalFailure(
                reason: """
                    What was approved is not known: \(path) \(error.reason). Put a copy of before in its place; or, when \
                    you trust all plugins as they are now, delete it, and they are approved anew at the next start.
                    """
            )
        }
    }

    /// Changes the book, unless the change throws or changes nothing.
    package func change<Result>(
        _ body: (inout ApprovalBook) throws(ApprovalFailure) -> Result
    ) throws(ApprovalFailure) -> Result {
        do {
            let lock = try FileLock.take(path + ".lock", waits: true)
            defer { withExtendedLifetime(lock) {} }
            let before = try read()
            var book = before
            let result = try body(&book)
            // By bytes: to Swift two texts may be equal that a reader of bytes tells apart.
            let text = book.serialized
            if text != before.serialized { try AtomicFile.replace(path, with: text) }
            return result
        } catch let failure as ApprovalFailure {
            throw failure
        } catch {
            throw ApprovalFailure(reason: "What was approved cannot be kept. \(error)")
        }
    }
}

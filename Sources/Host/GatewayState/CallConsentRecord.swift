/// A call that a person is asked about on a page; times are in seconds since 1970.
package struct CallConsentRecord: Hashable, Sendable {
    /// How far it has come.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case waiting, approved, refused
        /// It was approved, and the call was made.
        case spent
    }

    /// The digest of caller, item and arguments.
    package let purpose: String
    /// The digest of the page's name.
    package let digest: String
    /// The digest of the caller.
    package let caller: String
    /// What the page shows, and what the call goes on with; sealed in the file.
    package let document: [UInt8]
    package let state: State
    package let expiresAt: Int64

    package init(
        purpose: String,
        digest: String,
        caller: String,
        document: [UInt8],
        state: State = .waiting,
        expiresAt: Int64
    ) {
        self.purpose = purpose
        self.digest = digest
        self.caller = caller
        self.document = document
        self.state = state
        self.expiresAt = expiresAt
    }
}

/// What became of a call that somebody shall be asked about.
package enum CallConsentOutcome: Hashable, Sendable {
    /// It waits now.
    case added
    /// The same call was there already.
    case present(CallConsentRecord)
    /// As many wait as may.
    case full
}

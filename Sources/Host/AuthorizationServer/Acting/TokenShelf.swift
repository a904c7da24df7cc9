import Synchronization

/// Tokens that providers gave for sources, in memory, each until four fifths of its life are over.
final class TokenShelf: Sendable {
    /// Whose token it is, and for what.
    struct Key: Hashable, Sendable {
        let source: String
        let way: SourceWay
        /// The login; empty for a token of the gateway itself.
        var issuer = ""
        var subject = ""
        /// When the person came back from that login.
        var provenAt: Int64 = 0
    }

    private struct Entry {
        let token: String
        let gotAt: Int64
        let until: Int64
    }

    private let entries = Mutex<[Key: Entry]>([:])

    /// The token of a key; nil for none that holds with time to spare.
    func token(_ key: Key, at now: Int64) -> String? {
        entries.withLock { entries in
            guard let entry = entries[key] else { return nil }
            guard now < entry.until else {
                entries[key] = nil
                return nil
            }
            return entry.token
        }
    }

    /// Keeps a token, of at most so many; those that are over go first.
    func put(_ token: IssuedToken, for key: Key, at now: Int64, atMost most: Int) {
        let life = (token.expiresAt ?? now + LoginTokens.Token.unknownLife) - now
        entries.withLock { entries in
            if entries.count >= most { entries = entries.filter { now < $0.value.until } }
            if entries.count >= most, let oldest = entries.min(by: { $0.value.until < $1.value.until })?.key {
                entries[oldest] = nil
            }
            entries[key] = Entry(token: token.token, gotAt: now, until: now + life * 4 / 5)
        }
    }

    /// Forgets a token that its source did not take, unless another is in its place already.
    /// - Returns: false for one that was got after `moment`: the source would not take another either, and it stays.
    func remove(_ token: String, of key: Key, gotUntil moment: Int64) -> Bool {
        entries.withLock { entries in
            guard let entry = entries[key], entry.token == token else { return true }
            guard entry.gotAt <= moment else { return false }
            entries[key] = nil
            return true
        }
    }

    /// Forgets the token of a key.
    func remove(_ key: Key) {
        entries.withLock { $0[key] = nil }
    }

    /// Forgets all tokens for a source.
    func remove(source: String) {
        entries.withLock { entries in entries = entries.filter { $0.key.source != source } }
    }

    var count: Int { entries.withLock { $0.count } }
}

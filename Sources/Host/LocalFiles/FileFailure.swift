import Glibc

/// Why a file could not be read or written: a sentence for the operator.
package struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    /// Whether nothing has the name.
    package let isMissing: Bool

    package init(_ reason: String, isMissing: Bool = false) {
        self.reason = reason
        self.isMissing = isMissing
    }

    /// What the system said last.
    init(_ what: String, errno code: Int32) {
        let text = unsafe strerror(code)
        let words = if let text = unsafe text { unsafe String(cString: text) } else { "error \(code)" }
        self.init("\(what): \(words).", isMissing: code == ENOENT)
    }

    package var description: String { reason }
}

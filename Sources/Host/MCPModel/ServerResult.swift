package import JSON

/// What a method answers with; the encoder adds what every result of a revision has.
package protocol ServerResult: Sendable {
    /// What kind of answer it is (2026-07-28 basic, "Result types").
    var resultType: String { get }
    /// About how many bytes the members take.
    var estimatedSize: Int { get }
    /// An object whose members become part of the result's `_meta`, or empty.
    var meta: [UInt8] { get }
    /// What the addresses of the provider get before them, in its metadata too; nil where they stay as they are.
    var namespace: String? { get }
    /// Whether a client first learns from it who the server is.
    var isIntroduction: Bool { get }
    /// Nil for results that must not be kept.
    var cacheHints: CacheHints? { get }

    /// Writes the members of the result object in the form of a revision.
    func writeMembers(to writer: inout JSONWriter, revision: Revision)
}

extension ServerResult {
    package var resultType: String { "complete" }
    package var estimatedSize: Int { 256 }
    package var meta: [UInt8] { [] }
    package var namespace: String? { nil }
    package var isIntroduction: Bool { false }
    package var cacheHints: CacheHints? { nil }
}

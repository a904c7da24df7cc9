package import JSON
package import PluginKit

/// The REST interface of iDDS behind an HTTP source of the host.
package struct IDDSSource: Sendable {
    /// The source's name in the manifest.
    private let name: String
    /// How much of an answer is read.
    private let maximumBytes: Int

    /// Names the source; by default at most 8 MiB of an answer are read.
    package init(name: String = "idds", maximumBytes: Int = 8 << 20) {
        self.name = name
        self.maximumBytes = maximumBytes
    }

    /// The document at a path, or nil when iDDS answers that it does not know what was asked for.
    /// - Throws: `ToolError` when iDDS gave no usable answer; what was wrong with it goes to the operator only.
    package func document(at path: String, in context: CallContext) async throws(ToolError) -> JSONNode? {
        let answer: SourceAnswer
        do {
            answer = try await context.source(name).get(path, maximumBytes: maximumBytes)
        } catch {
            // That there is no such source says nothing about what was asked for.
            guard error.code == .notFound else { throw error }
            throw ToolError(.unavailable, "iDDS is not connected to this gateway.", detail: error.message)
        }
        switch answer.status {
        case 200: return try Self.document(ofSuccess: answer)
        case 404:
            // A page or an empty body comes from what stands before iDDS, not from iDDS.
            guard answer.json != nil else { throw Self.unavailable("status 404 without a JSON body") }
            return nil
        case 429: throw ToolError(.rateLimited, "iDDS was asked too often; try again in some minutes.")
        case 408, 504: throw ToolError(.timeout, "iDDS took too long to answer.", detail: "status \(answer.status)")
        case 401, 403:
            throw ToolError(
                .unavailable,
                "iDDS does not accept this gateway.",
                hint: "The gateway's operator has to renew its access.",
                detail: "status \(answer.status)"
            )
        default: throw Self.unavailable("status \(answer.status)")
        }
    }

    /// The error for an answer that is not what iDDS is known to send.
    package static func unreadable(_ detail: String) -> ToolError {
        ToolError(.unavailable, "The answer of iDDS cannot be understood.", detail: detail)
    }

    private static func unavailable(_ detail: String) -> ToolError {
        ToolError(.unavailable, "iDDS cannot answer now.", hint: "Try again in some minutes.", detail: detail)
    }

    private static func document(ofSuccess answer: SourceAnswer) throws(ToolError) -> JSONNode {
        guard !answer.isTruncated else {
            throw ToolError(.tooLarge, "The answer of iDDS is larger than this gateway reads.")
        }
        if let json = answer.json { return json }
        let isPage = answer.text?.first { !$0.isWhitespace } == "<"
        throw isPage ? unavailable("a page instead of JSON") : unreadable("a body that is not JSON")
    }
}

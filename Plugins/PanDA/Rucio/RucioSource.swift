import JSON
package import PluginKit

/// A Rucio server behind an HTTP source of the host.
///
/// Lists come as one JSON value per line, single objects as JSON, refusals as `{"ExceptionClass", "ExceptionMessage"}` with a
/// content type that says nothing (Rucio REST, server 41.5).
package struct RucioSource: Sendable {
    /// Records of a list, as far as they were read.
    package struct Lines: Sendable {
        package let records: [RucioRecord]
        /// False when there are more than were read.
        package let isComplete: Bool
    }

    /// The source's name in the manifest.
    package static let name = "rucio"
    /// How much of a list is read.
    private let maximumBytes: Int

    /// By default at most 4 MiB of a list are read.
    package init(maximumBytes: Int = 4 << 20) {
        self.maximumBytes = maximumBytes
    }

    /// The object at a path, or nil when there is none.
    package func object(
        at path: String,
        query: [(String, String)] = [],
        in context: CallContext
    ) async throws(ToolError) -> RucioRecord? {
        guard let answer = try await answer(at: path, query, in: context) else { return nil }
        guard !answer.isTruncated else {
            throw ToolError(.tooLarge, "Rucio's answer is larger than this gateway reads.")
        }
        guard let json = answer.json, json.kind == .object else { throw Self.unreadable("an object that is none") }
        return RucioRecord(json)
    }

    /// The list at a path, or nil when what it is of does not exist.
    package func lines(
        at path: String,
        query: [(String, String)] = [],
        in context: CallContext
    ) async throws(ToolError) -> Lines? {
        guard let answer = try await answer(at: path, query, in: context) else { return nil }
        // An empty body is an empty list.
        guard let text = answer.text else { throw Self.unreadable("a list that is no lines") }
        var lines = Array(text.utf8).split(separator: UInt8(ascii: "\n"))
        // The last line of a body that was cut is cut.
        if answer.isTruncated, text.utf8.last != UInt8(ascii: "\n"), !lines.isEmpty { lines.removeLast() }
        var records: [RucioRecord] = []
        records.reserveCapacity(lines.count)
        for line in lines where line.contains(where: { $0 > UInt8(ascii: " ") }) {
            guard let document = try? JSONDocument(parsing: Array(line)), document.root.kind == .object else {
                throw Self.unreadable("a line that is no object")
            }
            records.append(RucioRecord(document.root))
        }
        return Lines(records: records, isComplete: !answer.isTruncated)
    }

    private func answer(
        at path: String,
        _ query: [(String, String)],
        in context: CallContext
    ) async throws(ToolError) -> SourceAnswer? {
        let answer: SourceAnswer
        do throws(ToolError) {
            answer = try await context.source(Self.name).get(
                path,
                query: query,
                headers: [("accept", "application/json, application/x-json-stream")],
                maximumBytes: maximumBytes
            )
        } catch {
            // That there is no such source says nothing about what was asked for.
            guard error.code == .notFound else { throw error }
            throw ToolError(.unavailable, "Rucio is not connected to this gateway.", detail: error.message)
        }
        switch answer.status {
        case 200: return answer
        case 404: return nil
        default: throw Self.refusal(answer)
        }
    }

    /// What a refusal means; the server's own words go to nobody, its class to the operator.
    private static func refusal(_ answer: SourceAnswer) -> ToolError {
        let kind = exceptionClass(of: answer)
        let detail = "status \(answer.status)" + (kind.map { ", \($0)" } ?? "")
        switch answer.status {
        case _ where kind == "InvalidRSEExpression":
            return ToolError(
                .notFound,
                "No storage element fits this expression.",
                hint: "Give the name of one, or an expression such as type=DATADISK&tier=1."
            )
        case 400, 406, 409:
            return ToolError(.invalidArgument, "Rucio does not accept what it was asked.", detail: detail)
        case 401:
            return ToolError(
                .unavailable,
                "Rucio does not accept this gateway.",
                hint: "The gateway's operator has to renew its access.",
                detail: detail
            )
        case 403: return ToolError(.forbidden, "Rucio does not let this gateway see that.", detail: detail)
        case 429: return ToolError(.rateLimited, "Rucio was asked too often; try again in some minutes.")
        case 408, 504: return ToolError(.timeout, "Rucio took too long to answer.", detail: detail)
        default:
            return ToolError(
                .unavailable,
                "Rucio cannot answer now.",
                hint: "Try again in some minutes.",
                detail: detail
            )
        }
    }

    /// The class of the exception, when it is a plain word.
    private static func exceptionClass(of answer: SourceAnswer) -> String? {
        let document = answer.json ?? answer.text.flatMap { try? JSONDocument(parsing: Array($0.utf8)).root }
        guard let name = document?["ExceptionClass"]?.string, (1...64).contains(name.utf8.count),
            name.allSatisfy({ $0.isASCII && $0.isLetter })
        else { return nil }
        return name
    }

    private static func unreadable(_ detail: String) -> ToolError {
        ToolError(.unavailable, "Rucio's answer cannot be understood.", detail: detail)
    }
}

import JSON
package import PluginKit

/// Fetches log files from a PanDA monitor, which unpacks them from the archive a job leaves.
package struct MonitorLogReading: JobLogReading {
    /// The source's name in the manifest.
    private let name: String
    /// How much of a file is read.
    private let maximumBytes: Int
    /// The monitor lists no more.
    private static let maximumFiles = 100

    /// Names the source; by default at most 4 MiB of a file are read.
    package init(name: String, maximumBytes: Int = 4 << 20) {
        self.name = name
        self.maximumBytes = maximumBytes
    }

    package func files(of pandaid: Int, in context: CallContext) async throws(ToolError) -> [JobLogFile]? {
        let query = [("pandaid", String(pandaid)), ("json", "")]
        let listing: SourceAnswer
        do throws(ToolError) {
            listing = try await context.source(name).get("/filebrowser/", query: query)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
        // It says with 400 and 404 that there is no log.
        guard listing.status != 400, let document = try MonitorAnswer.document(of: listing) else { return [] }
        guard let files = document["files"], files.kind == .array else { return [] }
        return files.elements.prefix(Self.maximumFiles).compactMap { file in
            let record = MonitorRecord(file)
            guard let name = record.text("name", limit: 256), let path = file["media_link"]?.string.flatMap(Self.path)
            else { return nil }
            return JobLogFile(name: name, sizeBytes: record.integer("size"), path: path)
        }
    }

    package func text(
        of file: JobLogFile,
        _ part: JobLogPart,
        in context: CallContext
    ) async throws(ToolError) -> JobLogText? {
        let whole = try await answer(file, [], in: context)
        guard whole.status == 200, let text = whole.repairedText else { return nil }
        guard whole.isTruncated else { return JobLogText(text) }
        guard part == .end else { return JobLogText(text, hasEnd: false) }
        // A server that cannot give the end of a file (RFC 9110 section 14.2) answers as before.
        let end = try await answer(file, [("range", "bytes=-\(maximumBytes)")], in: context)
        guard end.status == 206, let text = end.repairedText else { return JobLogText(text, hasEnd: false) }
        // It begins somewhere in a line.
        let rest = text.utf8.firstIndex(of: UInt8(ascii: "\n")).map { text[text.utf8.index(after: $0)...] }
        return JobLogText(String(rest ?? ""), hasBeginning: false, hasEnd: !end.isTruncated)
    }

    private func answer(
        _ file: JobLogFile,
        _ headers: [(String, String)],
        in context: CallContext
    ) async throws(ToolError) -> SourceAnswer {
        try await context.source(name).get(
            file.path,
            headers: [("accept", "text/plain")] + headers,
            maximumBytes: maximumBytes
        )
    }

    /// The path of a link below the monitor's address, which may have a prefix; nil for anything else.
    private static func path(_ link: String) -> String? {
        guard let start = link.firstRange(of: "/media/")?.lowerBound, link.utf8.count <= 1024 else { return nil }
        let path = link[start...]
        let isPlain = path.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, !path.contains(".."), !path.contains("?"), !path.contains("#"), !path.contains("%") else {
            return nil
        }
        return String(path)
    }
}

import JSON
package import PluginKit

/// Fetches log files from a PanDA monitor, which unpacks them from the archive a job leaves.
package struct MonitorLogReading: JobLogReading {
    /// The source's name in the manifest.
    private let name: String
    /// How much of a file is read.
    private let maximumBytes: Int

    /// Names the source; by default at most 4 MiB of a file are read.
    package init(name: String, maximumBytes: Int = 4 << 20) {
        self.name = name
        self.maximumBytes = maximumBytes
    }

    package func text(
        ofFile file: String,
        of pandaid: Int,
        in context: CallContext
    ) async throws(ToolError) -> String? {
        let query = [("pandaid", String(pandaid)), ("json", "")]
        let listing: SourceAnswer
        do throws(ToolError) {
            listing = try await context.source(name).get("/filebrowser/", query: query)
        } catch {
            // Without a monitor a job is studied without its log.
            guard error.code == .notFound else { throw error }
            return nil
        }
        // It says with 400 and 404 that there is no log.
        guard listing.status != 400, let document = try MonitorAnswer.document(of: listing) else { return nil }
        let link = document["files"]?.elements.first { $0["name"]?.string == file }?["media_link"]?.string
        guard let path = link.flatMap(Self.path) else { return nil }
        let answer = try await context.source(name).get(
            path,
            headers: [("accept", "text/plain")],
            maximumBytes: maximumBytes
        )
        return answer.status == 200 ? answer.text : nil
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

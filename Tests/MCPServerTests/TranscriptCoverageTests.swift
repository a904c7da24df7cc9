import Foundation
import Testing

/// The table in `ProtocolTranscripts/README.md` against the folder it stands in.
@Suite("Coverage of the protocol")
struct TranscriptCoverageTests {
    /// One mention of the table: a file, and the title of one of its conversations if it names one.
    private struct Mention: Hashable, CustomStringConvertible {
        let file: String
        let title: String?

        var description: String { "\(file) \(title ?? "")" }
    }

    private static let dates = ["2025-03-26", "2025-06-18", "2025-11-25"]

    private static func mentions() throws -> [Mention] {
        let text = try String(contentsOf: Transcript.folder.appending(path: "README.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }.joined(separator: "\n")
        return rows.matches(of: /`(?<file>[^`]+\.(json|swift))`( "(?<title>[^"]+)")?/).flatMap { match -> [Mention] in
            let (file, title) = (String(match.output.file), match.output.title.map(String.init))
            guard file.contains("DATE") else { return [Mention(file: file, title: title)] }
            return dates.map { Mention(file: file.replacing("DATE", with: $0), title: title) }
        }
    }

    @Test func `every file and title of the table exists`() throws {
        let mentions = try Self.mentions()
        #expect(mentions.count > 100)
        for mention in Set(mentions) {
            guard mention.file.hasSuffix(".json") else {
                let path = Transcript.folder.deletingLastPathComponent().appending(path: mention.file).path
                #expect(FileManager.default.fileExists(atPath: path), "\(mention)")
                continue
            }
            let titles = try? Transcript.read(mention.file).map(\.title)
            #expect(titles != nil, "\(mention)")
            if let title = mention.title { #expect(titles?.contains(title) == true, "\(mention)") }
        }
    }

    @Test func `every file of the folder is in the table`() throws {
        #expect(try Set(Transcript.files()).subtracting(Self.mentions().map(\.file)).isEmpty)
    }

    @Test func `no two conversations of a file have one title`() throws {
        for file in try Transcript.files() {
            let titles = try Transcript.read(file).map(\.title)
            #expect(Set(titles).count == titles.count, "\(file)")
        }
    }
}

import GatewayCore
import JSON

/// What `beamline_find_tools` answers, in the shape of every list.
struct FindToolsAnswer {
    /// A tool that was found.
    struct Item {
        let name: String
        let tool: CatalogTool
        let score: Double
    }

    /// How much of a description is shown, in characters.
    static let shownDescription = 240
    private static let scoreSteps = 1000.0

    private let found: FoundTools

    init(_ found: FoundTools) {
        self.found = found
    }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 4096)
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        for item in found.items { write(item, to: &writer) }
        writer.endArray()
        writer.name("total_count")
        writer.write(found.total)
        writer.name("has_more")
        writer.write(found.total > found.items.count)
        writer.name("monitor_urls")
        writer.beginArray()
        writer.endArray()
        if found.items.isEmpty {
            writer.name("hint")
            writer.write(
                "No tool has any of these words. Try others: what the thing is called, and what to do with it."
            )
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(_ item: Item, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("name")
        writer.write(item.name)
        if let title = item.tool.description.title {
            writer.name("title")
            writer.write(title)
        }
        writer.name("description")
        writer.write(Self.shortened(item.tool.description.description))
        writer.name("namespace")
        writer.write(item.tool.route.item.namespace)
        writer.name("read_only")
        writer.write(item.tool.route.isReadOnly)
        writer.name("score")
        writer.write((item.score * Self.scoreSteps).rounded() / Self.scoreSteps)
        writer.endObject()
    }

    /// The beginning of a description: to the end of its last sentence that fits, or of its last word.
    static func shortened(_ text: String) -> String {
        guard text.count > shownDescription else { return text }
        let beginning = text.prefix(shownDescription - 1)
        if let end = beginning.ranges(of: ". ").last,
            end.lowerBound > beginning.index(beginning.startIndex, offsetBy: 80)
        {
            return String(beginning[...end.lowerBound])
        }
        let words = beginning.lastIndex(of: " ").map { beginning[..<$0] } ?? beginning
        return words + "…"
    }
}

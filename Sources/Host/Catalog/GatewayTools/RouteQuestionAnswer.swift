import GatewayCore
import JSON
import QuestionRouting

/// What `beamline_route_question` answers, in the shape of every list.
struct RouteQuestionAnswer {
    private static let mostItems = 6
    private static let confidenceSteps = 100.0
    /// What the best of a search is worth beside what a plugin declares.
    private static let searched = 0.25

    private let items: [Item]
    private let rivals: [String]

    private struct Item {
        let name: String
        let namespace: String
        let arguments: JSONObject
        let missing: [String]
        let confidence: Double
        let reason: String
    }

    init(_ question: String, among visible: VisibleTools) {
        let advice = visible.advice(on: question, limit: Self.mostItems)
        let suggested = advice.suggestions.map { suggestion in
            Item(
                name: visible.name(of: suggestion.tool, in: suggestion.namespace),
                namespace: suggestion.namespace,
                arguments: suggestion.arguments,
                missing: suggestion.missing,
                confidence: suggestion.confidence,
                reason: suggestion.reason
            )
        }
        let known = Set(suggested.map(\.name))
        let found = visible.search(question, namespace: nil, limit: Self.mostItems - suggested.count)
        let best = found.items.first?.score ?? 1
        let others = found.items.filter { !known.contains($0.name) }.map { match in
            Item(
                name: match.name,
                namespace: match.tool.route.item.namespace,
                arguments: JSONObject(),
                missing: match.tool.description.inputSchema["required"]?.array?.compactMap(\.string) ?? [],
                confidence: Self.searched * match.score / max(best, .leastNormalMagnitude),
                reason: "Its description has words of the question."
            )
        }
        items = (suggested + others).enumerated()
            .sorted { ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset) }.map(\.element)
        rivals = advice.rivals
    }

    private var hint: String? {
        if !rivals.isEmpty {
            return "Ask which experiment is meant: \(rivals.joined(separator: ", "))."
        }
        guard let first = items.first else {
            return "No tool fits. Ask in other words: what the thing is called, and what is wanted of it."
        }
        guard first.missing.isEmpty else { return "Ask for \(first.missing.joined(separator: ", "))." }
        return first.confidence <= Self.searched
            ? "Nothing fits for sure: read what the tools say before you call one." : nil
    }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 2048)
        writer.beginObject()
        writer.name("items")
        writer.beginArray()
        for item in items { write(item, to: &writer) }
        writer.endArray()
        writer.name("total_count")
        writer.write(items.count)
        writer.name("has_more")
        writer.write(false)
        writer.name("monitor_urls")
        writer.beginArray()
        writer.endArray()
        writer.name("ambiguous")
        writer.write(!rivals.isEmpty)
        if let hint {
            writer.name("hint")
            writer.write(hint)
        }
        writer.endObject()
        return writer.bytes
    }

    private func write(_ item: Item, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("name")
        writer.write(item.name)
        writer.name("namespace")
        writer.write(item.namespace)
        writer.name("arguments")
        writer.write(JSONValue.object(item.arguments))
        writer.name("missing")
        writer.beginArray()
        for name in item.missing { writer.write(name) }
        writer.endArray()
        writer.name("confidence")
        writer.write((item.confidence * Self.confidenceSteps).rounded() / Self.confidenceSteps)
        writer.name("reason")
        writer.write(item.reason)
        writer.endObject()
    }
}

import GatewayCore
import JSON

/// How the manifest's key `routing` is read.
extension ManifestReader {
    private static let mostNames = 32
    private static let mostIdentifiers = 32
    private static let mostTopics = 200
    private static let mostPhrases = 32
    private static let longestPhrase = 200
    private static let largestExact = 1 << 53 - 1

    mutating func routing(_ value: JSONValue?, tools: [ToolDescription]) -> RoutingDeclaration {
        guard let value else { return RoutingDeclaration() }
        let path = JSONPath().appending("routing")
        let object = object(value, path)
        closed(object, path, to: ["names", "identifiers", "topics"])
        let identifiers = identifiers(object["identifiers"], path.appending("identifiers"))
        return RoutingDeclaration(
            names: smallWords(object["names"], path.appending("names"), 0...Self.mostNames),
            identifiers: identifiers,
            topics: topics(
                object["topics"],
                path.appending("topics"),
                tools: Set(tools.map(\.localName)),
                identifiers: Set(identifiers.map(\.name))
            )
        )
    }

    private mutating func identifiers(_ value: JSONValue?, _ path: JSONPath) -> [RoutingDeclaration.Identifier] {
        let items = array(value, path)
        limit(items.count, Self.mostIdentifiers, path, "identifiers")
        var names: Set<String> = []
        return items.prefix(Self.mostIdentifiers).enumerated().compactMap { index, value in
            let place = path.appending(index)
            let object = object(value, place)
            guard value.object != nil else { return nil }
            closed(object, place, to: ["name", "words", "minimum", "maximum"])
            return RoutingDeclaration.Identifier(
                name: localName(object, place, among: &names, "identifier"),
                words: smallWords(object["words"], place.appending("words"), 1...Self.mostNames),
                range: range(object, place)
            )
        }
    }

    private mutating func range(_ object: JSONObject, _ path: JSONPath) -> ClosedRange<Int>? {
        let minimum = integer(object, "minimum", path, in: 0...Self.largestExact)
        let maximum = integer(object, "maximum", path, in: 0...Self.largestExact)
        guard minimum != nil || maximum != nil else { return nil }
        let (low, high) = (minimum ?? 0, maximum ?? Self.largestExact)
        guard low <= high else {
            fault(path.appending("maximum"), "must not be less than minimum")
            return nil
        }
        return low...high
    }

    private mutating func topics(
        _ value: JSONValue?,
        _ path: JSONPath,
        tools: Set<String>,
        identifiers: Set<String>
    ) -> [RoutingDeclaration.Topic] {
        let items = array(value, path)
        limit(items.count, Self.mostTopics, path, "topics")
        return items.prefix(Self.mostTopics).enumerated().compactMap { index, value in
            let place = path.appending(index)
            let object = object(value, place)
            guard value.object != nil else { return nil }
            closed(
                object,
                place,
                to: ["tool", "phrases", "identifier", "argument", "question", "days", "arguments"]
            )
            let topic = RoutingDeclaration.Topic(
                tool: text(object, "tool", place),
                phrases: object["phrases"].map {
                    texts($0, place.appending("phrases"), 1...Self.mostPhrases, longest: Self.longestPhrase)
                } ?? [],
                identifier: optionalText(object, "identifier", place),
                argument: optionalText(object, "argument", place),
                question: optionalText(object, "question", place),
                days: optionalText(object, "days", place),
                arguments: optionalObject(object, "arguments", place)?.object ?? JSONObject()
            )
            check(topic, object, place, tools: tools, identifiers: identifiers)
            return topic
        }
    }

    private mutating func check(
        _ topic: RoutingDeclaration.Topic,
        _ object: JSONObject,
        _ path: JSONPath,
        tools: Set<String>,
        identifiers: Set<String>
    ) {
        if !topic.tool.isEmpty, !tools.contains(topic.tool) {
            fault(path.appending("tool"), "names no tool of this manifest")
        }
        if let name = topic.identifier {
            if !identifiers.contains(name) {
                fault(path.appending("identifier"), "names none of the identifiers of this manifest")
            }
            if topic.argument == nil {
                fault(path.appending("argument"), "is missing; it takes the number of the identifier")
            }
        } else if topic.phrases.isEmpty, object["phrases"] == nil {
            fault(path, "needs phrases or an identifier, without which no question leads to it")
        }
    }

    private mutating func smallWords(_ value: JSONValue?, _ path: JSONPath, _ count: ClosedRange<Int>) -> [String] {
        guard value != nil || count.lowerBound > 0 else { return [] }
        let words = texts(value, path, count, longest: 64)
        for word in words where word != word.lowercased() || word.contains(where: { !$0.isLetter && !$0.isNumber }) {
            fault(path, "\"\(word)\" must be one word in small letters")
        }
        return words
    }
}

import GatewayCore
import JSON

/// How the manifest's key `documents` is read.
extension ManifestReader {
    private static let mostCollections = 16
    private static let mostGroups = 500
    private static let mostWords = 32
    private static let longestWord = 64
    private static let mostEntries = 500
    private static let longestText = 2000

    mutating func documents(_ value: JSONValue?) -> [DocumentDeclaration] {
        let path = JSONPath().appending("documents")
        let items = array(value, path)
        limit(items.count, Self.mostCollections, path, "collections")
        var names: Set<String> = []
        return items.prefix(Self.mostCollections).enumerated().compactMap { index, value in
            let place = path.appending(index)
            let object = object(value, place)
            guard value.object != nil else { return nil }
            let name = localName(object, place, among: &names, "collection")
            return DocumentDeclaration(
                name: name,
                titleWeight: titleWeight(object, place),
                synonyms: synonyms(object, place),
                entries: entries(object, place)
            )
        }
    }

    private mutating func titleWeight(_ object: JSONObject, _ path: JSONPath) -> Double {
        guard let value = object["title_weight"] else { return 3 }
        if let weight = value.double, (0...100).contains(weight) { return weight }
        fault(path.appending("title_weight"), "must be a number from 0 to 100")
        return 3
    }

    private mutating func synonyms(_ object: JSONObject, _ path: JSONPath) -> [[String]] {
        let place = path.appending("synonyms")
        let groups = array(object["synonyms"], place)
        limit(groups.count, Self.mostGroups, place, "groups")
        return groups.prefix(Self.mostGroups).enumerated().map { index, group in
            texts(group, place.appending(index), 2...Self.mostWords, longest: Self.longestWord)
        }
    }

    private mutating func entries(_ object: JSONObject, _ path: JSONPath) -> [DocumentDeclaration.Entry] {
        let place = path.appending("entries")
        let entries = array(object["entries"], place)
        limit(entries.count, Self.mostEntries, place, "entries")
        return entries.prefix(Self.mostEntries).enumerated().map { index, value in
            let path = place.appending(index)
            let entry = self.object(value, path)
            let text = optionalText(entry, "text", path)
            if let text, text.isEmpty || text.utf8.count > Self.longestText {
                fault(path.appending("text"), "must have 1 to \(Self.longestText) bytes")
            }
            let url = optionalText(entry, "url", path)
            if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
                fault(path.appending("url"), "must be an http or https address")
            }
            return DocumentDeclaration.Entry(
                questions: texts(entry["questions"], path.appending("questions"), 1...Self.mostWords, longest: 500),
                document: value.object == nil ? "" : self.text(entry, "document", path),
                section: optionalText(entry, "section", path),
                url: url,
                text: text
            )
        }
    }

    mutating func texts(
        _ value: JSONValue?,
        _ path: JSONPath,
        _ count: ClosedRange<Int>,
        longest: Int
    ) -> [String] {
        let texts = array(value, path).compactMap(\.string).filter { (1...longest).contains($0.utf8.count) }
        guard texts.count == value?.array?.count, count.contains(texts.count) else {
            fault(path, "must be \(count.lowerBound) to \(count.upperBound) strings of 1 to \(longest) bytes")
            return []
        }
        return texts
    }

    mutating func limit(_ count: Int, _ most: Int, _ path: JSONPath, _ what: String) {
        if count > most { fault(path, "has more than \(most) \(what)") }
    }
}

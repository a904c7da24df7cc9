/// Finds tools by the words of a question.
///
/// The order is that of BM25 over several fields: a rare word counts more than a common one, a word in a name more than
/// one in a description, and a word said ten times little more than one said twice. It never changes, and the same
/// question has the same answer.
///
/// What one search costs does not grow with the number of tools: of a word that very many tools share, only the tools
/// it fits best are looked at.
package struct SearchIndex: Sendable {
    /// How many tools of one term a search looks at.
    static let keptPerTerm = 512
    /// How many terms of a question count.
    static let countedTerms = 32
    /// How many of the tools found are weighed by all terms.
    private static let weighed = 128
    /// What another word for the same is worth.
    private static let synonymWeight = 0.5
    /// How soon repeating a word stops to count.
    private static let saturation = 1.2

    /// What is left of the worth of a tool for each better one of the same name.
    private static let copyFactor = 0.85

    private let terms: [String: Postings]
    private let names: [String]
    private let origins: [[String]]

    /// Reads the tools; their order decides between equals.
    package init(_ tools: [SearchableTool]) {
        var builder = SearchIndexBuilder()
        for tool in tools { builder.add(tool) }
        names = tools.map(\.name)
        origins = tools.map { $0.origin.flatMap(Words.terms) }
        terms = builder.postings(saturation: Self.saturation, keptPerTerm: Self.keptPerTerm)
    }

    /// What a question finds, the best first.
    package func search(_ question: String, limit: Int) -> SearchResult {
        let wanted = wantedTerms(question)
        var rough: [Int: Double] = [:]
        for ways in wanted {
            var best: [Int: Double] = [:]
            for way in ways {
                for entry in way.postings.best {
                    best[entry.tool] = max(best[entry.tool] ?? 0, entry.worth * way.weight)
                }
            }
            for (tool, worth) in best { rough[tool, default: 0] += worth }
        }
        let candidates = rough.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(max(limit, Self.weighed))
        let matches = candidates.map { tool, _ in SearchMatch(position: tool, score: Self.score(tool, wanted)) }
        let ranked = withCopiesBehind(matches.sorted(by: SearchMatch.precedes), question)
            .sorted(by: SearchMatch.precedes)
        return SearchResult(matches: Array(ranked.prefix(max(0, limit))), found: rough.count)
    }

    /// Takes from the score of a tool for each better one of the same name.
    ///
    /// Several experiments have the same tools, and all of one kind would leave no place for others. The tools of an
    /// experiment that is asked about keep theirs.
    private func withCopiesBehind(_ matches: [SearchMatch], _ question: String) -> [SearchMatch] {
        let words = Set(Words.wanted(question))
        var factors: [String: Double] = [:]
        return matches.map { match in
            guard words.isDisjoint(with: origins[match.position]) else { return match }
            let factor = factors[names[match.position]] ?? 1
            factors[names[match.position]] = factor * Self.copyFactor
            return SearchMatch(position: match.position, score: match.score * factor)
        }
    }

    /// One way to say what is wanted.
    private struct Way {
        let postings: Postings
        let weight: Double
    }

    /// For each term of the question, the ways to say it that there are among the tools.
    private func wantedTerms(_ question: String) -> [[Way]] {
        Words.wanted(question).prefix(Self.countedTerms).map { term in
            let exact = terms[term].map { [Way(postings: $0, weight: 1)] } ?? []
            return exact
                + Synonyms.others(than: term).compactMap { other in
                    terms[other].map { Way(postings: $0, weight: Self.synonymWeight) }
                }
        }
    }

    private static func score(_ tool: Int, _ wanted: [[Way]]) -> Double {
        wanted.reduce(0) { sum, ways in
            sum + ways.reduce(0) { best, way in max(best, way.postings.worth(of: tool) * way.weight) }
        }
    }
}

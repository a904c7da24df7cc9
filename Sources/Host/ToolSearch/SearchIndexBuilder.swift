import Glibc

/// Reads tools one after the other, and weighs their terms when all are read.
struct SearchIndexBuilder {
    /// How often a term stands in one field of one tool.
    private struct Occurrence {
        let tool: Int
        let field: Int
        let count: Int
    }

    private var words = Words()
    private var occurrences: [String: [Occurrence]] = [:]
    /// How many terms each field of each tool has.
    private var lengths: [[Int]] = []

    mutating func add(_ tool: SearchableTool) {
        var lengths: [Int] = []
        for (field, kind) in SearchField.allCases.enumerated() {
            let terms = tool.texts(kind).flatMap { words.terms($0) }
            lengths.append(terms.count)
            var counts: [String: Int] = [:]
            for term in terms { counts[term, default: 0] += 1 }
            for (term, count) in counts {
                occurrences[term, default: []].append(
                    Occurrence(tool: self.lengths.count, field: field, count: count)
                )
            }
        }
        self.lengths.append(lengths)
    }

    func postings(saturation: Double, keptPerTerm: Int) -> [String: Postings] {
        let norms = norms
        return occurrences.mapValues { occurrences in
            let weights = weights(occurrences, norms)
            let rarity = rarity(of: weights.count)
            let entries = weights.map { tool, weight in
                Postings.Entry(tool: tool, worth: rarity * weight * (saturation + 1) / (weight + saturation))
            }
            return Postings(entries, kept: keptPerTerm)
        }
    }

    /// For each tool that has a term, its occurrences by what their fields are worth; in the order of the tools.
    private func weights(_ occurrences: [Occurrence], _ norms: [[Double]]) -> [(tool: Int, weight: Double)] {
        var weights: [(tool: Int, weight: Double)] = []
        for occurrence in occurrences {
            let weight =
                Double(occurrence.count) * SearchField.allCases[occurrence.field].weight
                / norms[occurrence.tool][occurrence.field]
            if let last = weights.last, last.tool == occurrence.tool {
                weights[weights.count - 1].weight += weight
            } else {
                weights.append((occurrence.tool, weight))
            }
        }
        return weights
    }

    /// How much longer than usual each field of each tool is, as far as it counts.
    private var norms: [[Double]] {
        let means = SearchField.allCases.indices.map { field in
            let total = lengths.reduce(0) { $0 + $1[field] }
            return max(1, Double(total) / Double(max(1, lengths.count)))
        }
        return lengths.map { lengths in
            lengths.enumerated().map { field, length in
                let penalty = SearchField.allCases[field].lengthPenalty
                return 1 - penalty + penalty * Double(max(1, length)) / means[field]
            }
        }
    }

    private func rarity(of tools: Int) -> Double {
        log(1 + (Double(lengths.count) - Double(tools) + 0.5) / (Double(tools) + 0.5))
    }
}

/// The tools that have a term.
struct Postings: Sendable {
    /// A tool, and what the term is worth in it; small, because there are hundreds of thousands.
    struct Entry: Sendable {
        private let position: UInt32
        private let weight: Float

        var tool: Int { Int(position) }
        var worth: Double { Double(weight) }

        init(tool: Int, worth: Double) {
            position = UInt32(clamping: tool)
            weight = Float(worth)
        }
    }

    /// In the order of the tools.
    private let all: [Entry]
    /// Those the term is worth most in.
    let best: ArraySlice<Entry>

    /// Takes entries in the order of the tools.
    init(_ entries: [Entry], kept: Int) {
        all = entries
        best =
            entries.count <= kept
            ? entries[...] : entries.sorted { ($1.worth, $0.tool) < ($0.worth, $1.tool) }.prefix(kept)
    }

    /// What the term is worth in a tool; 0 when the tool has it not.
    func worth(of tool: Int) -> Double {
        var (low, high) = (0, all.count)
        while low < high {
            let middle = (low + high) / 2
            if all[middle].tool < tool { low = middle + 1 } else { high = middle }
        }
        return low < all.count && all[low].tool == tool ? all[low].worth : 0
    }
}

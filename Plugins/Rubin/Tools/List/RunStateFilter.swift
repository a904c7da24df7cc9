package import PluginKit

/// Which runs are wanted by state: in the words of BPS, or in those of iDDS.
package enum RunStateFilter: Hashable, Sendable {
    case state(WmsState)
    case status(String)

    /// Takes a word: as it is written, else in any case, where the words of BPS come first.
    /// - Throws: `ToolError` with `invalid_argument`, which lists the words.
    package init(_ word: String) throws(ToolError) {
        if let state = WmsState.ofRuns.first(where: { $0.rawValue == word }) {
            self = .state(state)
        } else if IDDSStatus.requestNames.contains(word) {
            self = .status(word)
        } else if let state = WmsState.ofRuns.first(where: { $0.rawValue == word.uppercased() }) {
            self = .state(state)
        } else if let name = IDDSStatus.requestNames.first(where: { $0.lowercased() == word.lowercased() }) {
            self = .status(name)
        } else {
            throw ToolError(
                .invalidArgument,
                "state: is none of BPS' \(WmsState.ofRuns.map(\.rawValue).joined(separator: ", ")) nor of iDDS' "
                    + "\(IDDSStatus.requestNames.joined(separator: ", "))."
            )
        }
    }

    /// The word as understood.
    package var word: String {
        switch self {
        case .state(let state): state.rawValue
        case .status(let name): name
        }
    }

    package func matches(_ run: RunListItem) -> Bool {
        switch self {
        case .state(let state): run.state == state
        case .status(let name): run.status == name
        }
    }
}

/// A part of a tool that is searched, and what a word in it is worth.
enum SearchField: CaseIterable {
    case origin
    case name
    case title
    case description
    case parameterNames
    case parameterDescriptions

    var weight: Double {
        switch self {
        case .origin: 1.2
        case .name: 3
        case .title: 2
        case .description: 1
        case .parameterNames: 0.6
        case .parameterDescriptions: 0.3
        }
    }

    /// How much a longer text than usual takes from each of its words, from 0 to 1.
    var lengthPenalty: Double {
        switch self {
        case .origin: 0
        case .name, .title: 0.3
        case .description: 0.6
        case .parameterNames, .parameterDescriptions: 0.5
        }
    }
}

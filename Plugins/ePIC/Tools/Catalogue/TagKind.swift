import PluginKit

/// The kinds of tags that name what a data set was made with.
enum TagKind: String, Hashable, Sendable, CaseIterable {
    case physics = "p"
    case generator = "e"
    case simulation = "s"
    case reconstruction = "r"
    case background = "k"

    /// What it is called in answers.
    var title: String {
        switch self {
        case .physics: "Physics"
        case .generator: "EvGen"
        case .simulation: "Simulation"
        case .reconstruction: "Reconstruction"
        case .background: "Background"
        }
    }

    var table: String {
        switch self {
        case .physics: "pcs_physics_tag"
        case .generator: "pcs_evgen_tag"
        case .simulation: "pcs_simu_tag"
        case .reconstruction: "pcs_reco_tag"
        case .background: "pcs_background_tag"
        }
    }

    private static let letters = allCases.map(\.rawValue)

    /// The kind of a letter.
    /// - Throws: `ToolError` with `invalid_argument` for a letter that is none.
    init(letter: String) throws(ToolError) {
        guard let kind = TagKind(rawValue: letter.lowercased()) else {
            throw ToolError(.invalidArgument, "tag_type: is none of \(Self.letters.joined(separator: ", ")).")
        }
        self = kind
    }

    static let summary =
        "p physics, e event generator, s simulation, r reconstruction, k background"
}

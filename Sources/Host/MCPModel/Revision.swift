package import GatewayCore

/// The dated revisions of the protocol that are spoken here, oldest first, and what each can do.
///
/// Code asks what a revision can do; it never compares dates.
package enum Revision: String, Hashable, Sendable, CaseIterable {
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Every revision, newest first: what is offered to clients.
    ///
    /// The list names session revisions too, so that a client that knows no modern revision of ours can fall back.
    package static let offered: [Revision] = allCases.reversed()

    /// The revision an `initialize` gets that asks for one not spoken here.
    package static let newestSession = Revision.november2025

    /// The date as it stands on the wire.
    package var name: String { rawValue }

    /// How clients of this revision speak.
    package var era: Era { self == .july2026 ? .modern : .session }

    /// Whether a client of this revision begins with `initialize` and belongs to a session.
    package var isSession: Bool { era == .session }

    /// Whether one body may hold several messages (basic/transports of 2025-03-26; removed after it).
    package var allowsBatch: Bool { self == .march2025 }

    /// Whether clients of a session repeat the revision in `MCP-Protocol-Version`.
    package var hasVersionHeader: Bool { self != .march2025 }

    /// Whether items and implementations have a `title` beside their name.
    package var hasTitles: Bool { self != .march2025 }

    /// Whether items and implementations have `icons`.
    package var hasIcons: Bool { self == .november2025 || self == .july2026 }

    /// Whether tools may declare an `outputSchema`.
    package var hasOutputSchema: Bool { self != .march2025 }

    /// Whether results of tools have `structuredContent`.
    package var hasStructuredContent: Bool { self != .march2025 }

    /// Whether structured content must be an object, and the root of an output schema `type: object`.
    package var demandsStructuredObject: Bool { isSession }

    /// Whether content may hold blocks of the type `resource_link`.
    package var hasResourceLinks: Bool { self != .march2025 }

    /// Whether users can be asked to open a link, and questions say which way they go.
    package var hasLinkQuestions: Bool { self == .november2025 || self == .july2026 }

    /// Whether users can be asked at all (client/elicitation, since 2025-06-18).
    package var hasQuestions: Bool { self != .march2025 }
    /// Whether capabilities name extensions of the protocol.
    package var hasExtensions: Bool { self == .november2025 || self == .july2026 }

    /// Whether every result says `resultType`.
    package var hasResultType: Bool { era == .modern }

    /// Whether lists and discovery say how long they may be kept.
    package var hasCacheHints: Bool { era == .modern }

    /// Whether results name the server in their `_meta`.
    package var namesServerInResults: Bool { era == .modern }

    /// The form in which tools are published to clients of this revision.
    package var toolForm: ToolForm {
        switch self {
        case .march2025: .plain
        case .june2025: .titled
        case .november2025: .pictured
        case .july2026: .full
        }
    }
}

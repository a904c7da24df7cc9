/// How serious a message to the client is; the words of MCP.
public enum MessageLevel: String, Hashable, Sendable, CaseIterable {
    /// For whoever debugs a tool.
    case debug
    /// What goes on, as it should.
    case info
    /// What is worth knowing.
    case notice
    /// What may be wrong.
    case warning
    /// What failed, while the call goes on.
    case error
    /// What is badly wrong.
    case critical
    /// What somebody must look at now.
    case alert
    /// What makes everything unusable.
    case emergency
}

extension MessageLevel: Comparable {
    /// Whether the left one is less serious.
    public static func < (left: MessageLevel, right: MessageLevel) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

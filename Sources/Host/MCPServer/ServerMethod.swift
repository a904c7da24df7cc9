import JSON
import MCPModel

/// One method clients may call.
///
/// A new method is a new type, named in `Methods`.
protocol ServerMethod: Sendable {
    var name: String { get }
    /// The eras in which the method exists.
    var eras: Set<Era> { get }
    /// The member of the parameters that `Mcp-Name` repeats; nil when the method has none.
    var nameMember: String? { get }
    /// Whether it may have something to say or to ask before its answer, and may be cancelled meanwhile.
    var takesTime: Bool { get }

    /// Answers one request. Its parameters have the shape the envelope demands and nothing more.
    func answer(_ parameters: JSONNode?, of caller: Caller, in revision: Revision) async -> MethodAnswer
}

extension ServerMethod {
    var nameMember: String? { nil }
    var takesTime: Bool { false }
}

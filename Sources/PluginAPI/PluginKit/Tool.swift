/// One question a plugin answers: typed input, typed output, and a description a model can choose by.
///
/// A tool holds no state of a call. What it needs of the world it gets through the context it is called with, or
/// through a small protocol named for what it does.
public protocol Tool: Sendable {
    /// The arguments, decoded from an object that has already passed ``ToolDescription/input``.
    associatedtype Input: Decodable & Sendable
    /// The structured answer, which must fit ``ToolDescription/output``, or ``ToolContent``.
    associatedtype Output: Encodable & Sendable

    /// Name, purpose, schemas and hints; part of the plugin's manifest.
    static var description: ToolDescription { get }

    /// Answers one call.
    ///
    /// Runs in a task that is cancelled when the answer is no longer wanted.
    /// - Throws: `ToolError`, whose code, message and hint reach the caller.
    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output
}

import JSON
import PluginKit

/// A tool that answers in the form of the testbed monitor's own server: its names, its times, its errors.
///
/// What that server does not have stays under our names, so that nothing is lost.
struct MonitorForm<Base: Tool>: Tool {
    typealias Input = Base.Input
    typealias Output = JSONValue

    /// With the outline of the output: that of the other form has members of other names as well.
    static var description: ToolDescription { Base.description.outlined }

    private let base: Base

    init(_ base: Base) {
        self.base = base
    }

    func call(_ input: Input, in context: CallContext) async throws(ToolError) -> JSONValue {
        let answer: Base.Output
        do {
            answer = try await base.call(input, in: context)
        } catch {
            guard error.code != .cancelled, error.asked == nil else { throw error }
            throw ToolError(
                error.code,
                inOwnWords: ["error": .string([error.message, error.hint].compactMap(\.self).joined(separator: " "))],
                detail: error.detail
            )
        }
        do {
            let document = try JSONValue(parsing: JSONBytesEncoder().encode(answer))
            let renamed = MonitorNames.renamed(document, of: Self.description.name)
            return MonitorTimes.rewritten(renamed, isZoned: !Self.description.name.hasPrefix("panda_"))
        } catch {
            throw ToolError(.internal, "The answer could not be written.", detail: "\(error)")
        }
    }
}

extension Tool {
    /// The same tool in the form of an older server, or as it is.
    func form(_ compatibility: Compatibility?) -> any Tool {
        compatibility == nil ? self : MonitorForm(self)
    }
}

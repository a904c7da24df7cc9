package import GatewayCore
package import JSON

/// The answer to a request that needs to know something first (2026-07-28 basic, "Multi round-trip requests").
package struct InputRequiredResult: ServerResult {
    private let inputs: [Question.Input]
    private let state: String

    package init(inputs: [Question.Input], state: String) {
        self.inputs = inputs
        self.state = state
    }

    package var resultType: String { "input_required" }

    package var estimatedSize: Int { inputs.reduce(state.utf8.count + 128) { $0 + $1.parameters.count + 128 } }

    package func writeMembers(to writer: inout JSONWriter, revision: Revision) {
        writer.name("inputRequests")
        writer.beginObject()
        for input in inputs {
            writer.name(input.key)
            writer.beginObject()
            writer.name("method")
            writer.write(input.method)
            writer.name("params")
            writer.writeRaw(input.parameters)
            writer.endObject()
        }
        writer.endObject()
        writer.name("requestState")
        writer.write(state)
    }
}

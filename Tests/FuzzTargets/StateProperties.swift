import GatewayCore
import MCPServer

/// A state that can be read is written as one that reads the same.
enum StateProperties {
    static func fault(in bytes: [UInt8]) -> String? {
        guard let state = RequestState(bytes, abilities: ClientAbilities()) else { return nil }
        let written = state.bytes
        guard let again = RequestState(written, abilities: ClientAbilities()) else {
            return "a state does not come back"
        }
        return again.bytes == written ? nil : "a state comes back as another"
    }
}

import JSON
import MCPModel

/// Whatever a client sends is a message or has an answer that is one, under the id it gave.
enum MessageProperties {
    private static let encoder = MessageEncoder(server: Implementation(name: "beamline", version: "1"))

    static func fault(in bytes: [UInt8]) -> String? {
        guard let root = (try? JSONDocument(parsing: bytes))?.root else { return nil }
        do {
            switch try JSONRPCMessage(root) {
            case .request(let request): return fault(in: request, of: root)
            case .notification(_, let parameters):
                _ = CancelledNotification(parameters)
                return nil
            case .response: return nil
            }
        } catch {
            return fault(inAnswer: encoder.error(error.error, to: error.id), id: error.id == nil ? .null : id(of: root))
        }
    }

    private static func fault(in request: JSONRPCRequest, of root: JSONNode) -> String? {
        guard request.method == root["method"]?.string else { return "another method is read" }
        let readers: [(JSONNode?) throws -> Void] = [
            { _ = try RequestMetadata(of: $0) },
            { _ = try InitializeRequest($0).negotiated },
            { _ = try CallToolRequest($0) },
            { _ = try ListToolsRequest($0) },
            { _ = try ReadResourceRequest($0) },
            { _ = try GetPromptRequest($0) },
            { _ = try CompleteRequest($0) },
            { _ = try SetLevelRequest($0) },
            { _ = try ListenRequest($0) },
        ]
        for read in readers {
            do {
                try read(request.parameters)
            } catch let error as ProtocolError {
                if let fault = fault(inAnswer: encoder.error(error, to: request.id), id: id(of: root)) { return fault }
            } catch {
                return "an error is none of the protocol"
            }
        }
        return nil
    }

    private static func id(of root: JSONNode) -> JSONValue {
        root["id"]?.value ?? .null
    }

    private static func fault(inAnswer bytes: [UInt8], id: JSONValue) -> String? {
        guard let answer = try? JSONValue(parsing: bytes) else { return "an answer is no JSON" }
        guard answer["jsonrpc"] == "2.0", answer["error"]?["code"]?.integer != nil else {
            return "an answer is no error"
        }
        return answer["id"] == id ? nil : "an answer has another id"
    }
}

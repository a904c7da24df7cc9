import DataSources
import GatewayCore
import JSON

/// The services of a plugin `epic` with one source, asked in JSON.
struct ServiceDesk {
    let services: SourceServices
    let reports = Reports()

    init(_ bindings: [String: any DataSource], limits: SourceLimits = SourceLimits()) {
        services = SourceServices(namespace: "epic", bindings: bindings, limits: limits, reporting: reports)
    }

    /// The status and body of the answer.
    func ask(
        _ operation: String,
        _ body: String,
        parent: ServiceParent? = nil,
        deadline: Deadline = .after(.seconds(60))
    ) async -> (status: PluginStatus, body: String) {
        let reply = await services.serve(
            ServiceRequest(operation: operation, body: Array(body.utf8), parent: parent, deadline: deadline)
        )
        return (reply.status, String(decoding: reply.body, as: UTF8.self))
    }

    /// The answer as a tree.
    func value(_ operation: String, _ body: String, parent: ServiceParent? = nil) async throws -> JSONValue {
        let reply = await ask(operation, body, parent: parent)
        return try JSONValue(parsing: reply.body)
    }
}

extension ServiceParent {
    /// A request with this call number.
    static func call(_ number: UInt64) -> ServiceParent {
        ServiceParent(requestID: RequestID(), principal: .anonymous, call: number)
    }
}

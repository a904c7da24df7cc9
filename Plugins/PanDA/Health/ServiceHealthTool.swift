package import PluginKit

/// Says which of the services that the tools ask are there.
package struct ServiceHealthTool: Tool {
    package struct Input: Decodable, Sendable {}

    /// How they do.
    package struct Output: Encodable, Sendable {
        package let summary: String
        package let services: [ServiceState]
        package let asOf: Timestamp

        private enum CodingKeys: String, CodingKey {
            case summary, services
            case asOf = "as_of"
        }
    }

    package static let description = ToolDescription(
        name: "panda_service_health",
        title: "Are the services there?",
        summary: """
            Whether the monitor, the information system and the other services that these tools ask answer now, and how \
            fast. Use it when other tools say unavailable. What jobs do: panda_get_activity.
            """,
        input: .object([]),
        output: .object([
            .required("summary", .string("How many answer.")),
            .required("services", .array(of: ServiceState.schema)),
            .required("as_of", .time("When they were asked.")),
        ])
    )

    private let probes: [ServiceProbe]
    /// How long one service is waited for.
    private let patienceMilliseconds: Int

    /// Asks these services; by default each has five seconds to answer.
    package init(probes: [ServiceProbe], patienceMilliseconds: Int = 5000) {
        self.probes = probes
        self.patienceMilliseconds = patienceMilliseconds
    }

    package func call(_ input: Input, in context: CallContext) async throws(ToolError) -> Output {
        let results = await withTaskGroup(of: (Int, Result<ServiceState, ToolError>).self) { group in
            for (index, probe) in probes.enumerated() {
                group.addTask {
                    do throws(ToolError) {
                        return (index, .success(try await probe.state(atMost: patienceMilliseconds, in: context)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        var services: [ServiceState] = []
        for (_, result) in results { services.append(try result.get()) }
        let connected = services.filter { $0.state != ServiceState.State.notConnected.rawValue }
        let up = connected.count { $0.state == ServiceState.State.up.rawValue }
        return Output(
            summary: "\(up) of \(connected.count) connected services answer.",
            services: services,
            asOf: context.now
        )
    }
}

import GatewayCore
import PluginFixtures
import PluginHosting
import PluginRuntime
import TestSupport
import Testing

/// Where a fixture runs; what it does must not differ.
enum Place: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case inProcess = "in process"
    case worker = "in a worker"

    var testDescription: String { rawValue }

    /// Loads a fixture.
    func load(_ fixture: String, _ limits: PluginLimits, _ observer: RecordingObserver) async throws -> any PluginHome {
        let path = try await FixtureLibrary.shared.path(of: fixture)
        switch self {
        case .inProcess:
            return try await PluginLibrary.load(path: path, label: "test", limits: limits, observer: observer)
        case .worker:
            return try await Self.workshop.get().start(
                image: WorkerImage(copying: path, label: "test"),
                label: "test",
                memoryMebibytes: 512,
                limits: limits,
                observer: observer
            ).link
        }
    }

    /// Shared by all tests, as by all plugins of a gateway.
    private static let workshop = Result {
        try WorkerWorkshop(WorkerSettings(program: BuiltPrograms.path(of: BuiltPrograms.gateway)))
    }
}

/// A fixture that serves, and what it said.
struct Running {
    let instance: PluginInstance
    let observer: RecordingObserver

    init(
        _ fixture: String,
        in place: Place = .inProcess,
        execution: PluginExecution = PluginExecution(),
        limits: PluginLimits = PluginLimits(submitTime: .seconds(60)),
        services: any HostServing = FixedService()
    ) async throws {
        observer = RecordingObserver()
        let home = try await place.load(fixture, limits, observer)
        instance = try await PluginInstance.start(
            home,
            configuration: PluginRequest.emptyObject,
            execution: execution,
            services: services,
            observer: observer
        )
        if let link = home as? WorkerLink { link.adopt(instance) }
    }

    func call(
        _ name: String = "act",
        _ body: String = "{}",
        within limit: Duration = .seconds(60),
        caller: PluginCaller? = nil
    ) async -> PluginReply {
        await instance.call(
            PluginRequest(
                method: .toolCall,
                name: name,
                body: Array(body.utf8)[...],
                deadline: .after(limit),
                caller: caller
            )
        )
    }
}

/// Answers every operation with the same.
struct FixedService: HostServing {
    var reply = ServiceReply(status: .ok, body: Array(#"{"rows":[]}"#.utf8))

    func serve(_ request: ServiceRequest) async -> ServiceReply { reply }
}

extension PluginReply {
    var text: String { String(decoding: structured, as: UTF8.self) }
}

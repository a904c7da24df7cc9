import DataSources
import EPICTools
import Foundation
import GatewayCore
import JSON
import PluginKit
import PluginTesting
import SQLiteSource
import SampleData
import TestSupport
import Testing

/// The sample databases behind one of the host's own drivers, asked through the plugin's tools.
final class SampleSite: HostCalling {
    /// The moment the sample counts back from.
    static let now = Timestamp(seconds: 1_795_237_200)
    /// Who asks unless somebody else is named.
    static let member = Caller(issuer: "https://id.example.org", subject: "17", username: "afischer", roles: ["user"])
    /// The rows of all sites.
    static let database = SampleDatabase(
        clock: SampleClock(now: SampleInstant(seconds: now.seconds)),
        jobCount: 1500,
        taskCount: 60
    )
    /// The one in SQLite.
    static let shared = Result { SampleSite(source: try sqlite()) }

    private let services: SourceServices

    /// A site whose databases are both behind this source.
    init(source: any GatewayCore.DataSource) {
        services = SourceServices(
            namespace: "epic",
            bindings: ["panda": source, "testbed": source],
            reporting: NoReports()
        )
    }

    private static func sqlite() throws -> SQLiteSource {
        let folder = URL(filePath: try RunFolder.current.subfolder("epic-tools"))
        try SampleFiles.write(database, to: folder.path)
        let source = try SQLiteSource(
            name: "epic",
            path: folder.appending(path: SampleFiles.monitorName).path,
            attached: [("doma_panda", folder.appending(path: SampleFiles.pandaName).path)],
            readers: 2
        )
        // The connections hold the files open; nothing else needs their names.
        try FileManager.default.removeItem(at: folder)
        return source
    }

    func invoke(_ operation: String, body: [UInt8]) async -> HostReply {
        let parent = ServiceParent(requestID: RequestID(), principal: .anonymous, call: 1)
        let reply = await services.serve(
            ServiceRequest(operation: operation, body: body, parent: parent, deadline: .after(.seconds(60)))
        )
        return HostReply(status: reply.status.rawValue, body: reply.body)
    }

    func progress(done: Double, total: Double?, note: String) {}

    func log(_ level: PluginKit.LogLevel, _ message: String) {}

    /// Rows read past the tools, to compare with.
    func rows(_ sql: String) async throws -> Rows {
        try await CallContext(now: Self.now, host: self).source("panda").query(sql, maximumRows: 10_000)
    }
}

/// Nobody reads reports here: a failed operation fails the test that asked.
private struct NoReports: SourceReporting {
    func report(_ trouble: SourceTrouble) {
        Issue.record("\(trouble.operation): \(trouble.detail)")
    }
}

/// Calls one of the plugin's tools as the host would.
func call(
    _ name: String,
    _ arguments: JSONValue = [:],
    on host: any HostCalling,
    budget: Int = 1 << 20,
    caller: Caller = SampleSite.member,
    compatibility: Compatibility? = nil,
    pace: ControlPace = ControlPace()
) async throws -> JSONValue {
    let tools = try EPIC(
        configuration: .init(
            monitorURL: "https://testbed.example.org/monitor/",
            pandaMonitorURL: "https://panda.example.org",
            compatibility: compatibility
        ),
        pace: pace
    )
    .tools
    let tool = try #require(tools.first { type(of: $0).description.name == name })
    let harness = CallHarness(tool, host: host, caller: caller, now: SampleSite.now, budgetBytes: budget)
    return try await harness.call(arguments)
}

extension JSONValue {
    /// The `items` of a list.
    var items: [JSONValue] { self["items"]?.array ?? [] }

    /// One member of each item, where it is an integer.
    func integers(_ name: String) -> [Int] { items.compactMap { $0[name]?.integer } }

    /// One member of each item, where it is text.
    func texts(_ name: String) -> [String] { items.compactMap { $0[name]?.string } }
}

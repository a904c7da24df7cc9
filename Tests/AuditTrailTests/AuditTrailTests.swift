import AuditTrail
import Foundation
import GatewayCore
import JSON
import TestSupport
import Testing

@Suite("The audit trail")
struct AuditTrailTests {
    private let folder: String

    init() throws {
        folder = try RunFolder.current.subfolder("audit") + "/trail"
    }

    private func trail(_ change: (inout AuditSettings) -> Void = { _ in }) throws -> AuditTrail {
        var settings = AuditSettings(folder: folder)
        change(&settings)
        return try AuditTrail(settings, version: "1", delay: .zero)
    }

    private static func event(_ item: String = "panda_list_jobs", arguments: String? = nil) -> AuditEvent {
        AuditEvent(
            requestID: RequestID(),
            principal: Principal(issuer: "https://issuer.example", subject: "maria", username: "Maria"),
            item: ItemReference(kind: .tool, namespace: "epic", localName: item),
            outcome: .answered,
            duration: .milliseconds(12),
            arguments: arguments.map { Array($0.utf8)[...] }
        )
    }

    private func write(_ count: Int, _ change: (inout AuditSettings) -> Void = { _ in }) async throws {
        let trail = try trail(change)
        for number in 0..<count { trail.record(Self.event("tool_\(number)")) }
        await trail.flush()
    }

    private var files: [String] { get throws { try AuditFolder(folder).files() } }

    private func lines() throws -> [JSONValue] {
        try files.flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
                try JSONValue(parsing: Array($0.utf8))
            }
        }
    }

    private func verify() throws -> AuditReading.Summary { try AuditReading(AuditFolder(folder)).verify() }

    @Test func `a call becomes a line with who, what and how it ended, and a digest of its arguments`() async throws {
        let trail = try trail()
        let event = Self.event(arguments: #"{"site":"BNL","secret":"s3"}"#)
        trail.record(event)
        await trail.flush()
        let line = try #require(try lines().last)
        #expect(line["event"] == "call")
        #expect(line["number"] == 2)
        #expect(line["subject"] == "maria")
        #expect(line["namespace"] == "epic")
        #expect(line["item"] == "panda_list_jobs")
        #expect(line["outcome"] == "ok")
        #expect(line["duration_ms"] == 12)
        #expect(line["request_id"]?.string == event.requestID.description)
        #expect(line["arguments_sha256"]?.string?.count == 64)
        #expect(line["arguments"] == nil)
    }

    @Test func `arguments that the site names are written as they are, and no others`() async throws {
        let trail = try trail { $0.clearArguments = ["epic_panda_list_jobs": ["site"], "epic_all": ["*"]] }
        trail.record(Self.event(arguments: #"{"site":"BNL","secret":"s3"}"#))
        trail.record(Self.event("all", arguments: #"{"site":"BNL","secret":"s3"}"#))
        await trail.flush()
        let arguments = try lines().suffix(2).map { $0["arguments"] }
        #expect(arguments == [["site": "BNL"], ["site": "BNL", "secret": "s3"]])
    }

    @Test func `long arguments have the same digest as if they had been kept`() async throws {
        let trail = try trail { $0.clearArguments = ["epic_panda_list_jobs": ["*"]] }
        for length in [16 << 10, (16 << 10) + 1] {
            let text = #"{"a":""# + String(repeating: "x", count: length - 8) + #""}"#
            trail.record(Self.event(arguments: text))
            await trail.flush()
            let line = try #require(try lines().last)
            #expect(line["arguments_sha256"]?.string == (try sha256(text)))
            #expect((line["arguments"] != nil) == (length == 16 << 10))
        }
    }

    /// By another program.
    private func sha256(_ text: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        return String(decoding: output.fileHandleForReading.availableData.prefix(64), as: UTF8.self)
    }

    @Test func `lines follow from each other through several runs and files`() async throws {
        try await write(30) { $0.fileBytes = 4096 }
        try await write(30) { $0.fileBytes = 4096 }
        let summary = try verify()
        #expect(summary.findings == [])
        #expect(summary.first == 1)
        #expect(summary.last == 62)
        #expect(summary.lines == 62)
        #expect(summary.files > 1)
        #expect(try files.map { AuditFolder.number(of: $0) ?? 0 }.first == 1)
    }

    @Test func `a file is followed by the next when it has as many bytes as it may have, not before`() async throws {
        // Each run writes one line, that it has begun.
        try await write(0)
        let size = try Data(contentsOf: URL(fileURLWithPath: try files[0])).count
        try await write(0) { $0.fileBytes = size + 1 }
        #expect(try files.count == 1)
        let full = try Data(contentsOf: URL(fileURLWithPath: try files[0])).count
        try await write(0) { $0.fileBytes = full }
        #expect(try files.count == 2)
    }

    @Test(arguments: [
        ("a value is changed", "maria", "paula"), ("a name is changed", "outcome", "Outcome"),
        ("a number is changed", "\"number\":3", "\"number\":4"),
    ])
    func `a change is found`(what: String, old: String, new: String) async throws {
        try await write(5)
        let file = try files[0]
        var lines = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\n")
        lines[2] = lines[2].replacingOccurrences(of: old, with: new)
        try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        #expect(try !verify().findings.isEmpty, "\(what)")
    }

    @Test func `a line that is taken out or put in is found`() async throws {
        try await write(5)
        let file = try files[0]
        let lines = try String(contentsOfFile: file, encoding: .utf8).components(separatedBy: "\n")
        for changed in [
            Array(lines[..<2] + lines[3...]), Array(lines[..<2] + [lines[1]] + lines[2...]), Array(lines[1...]),
            ["{}"] + lines,
        ] {
            try changed.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
            let summary = try verify()
            // Without its first lines a trail is one whose older files were deleted.
            #expect(!summary.findings.isEmpty || summary.first == 2)
        }
    }

    @Test func `a file that is taken out of the middle is found`() async throws {
        try await write(60) { $0.fileBytes = 4096 }
        try await write(60) { $0.fileBytes = 4096 }
        try await write(60) { $0.fileBytes = 4096 }
        let files = try files
        #expect(files.count > 2)
        try FileManager.default.removeItem(atPath: files[1])
        #expect(try !verify().findings.isEmpty)
    }

    @Test func `what was cut off when the machine stopped is mended, and said`() async throws {
        try await write(2)
        let file = try files[0]
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(#"{"number":4,"prev"#.utf8))
        try handle.close()
        #expect(try verify().findings.map(\.fault) == [.cut])
        try await write(1)
        #expect(try verify().findings == [])
        #expect(try lines().contains { $0["event"] == "mended" && $0["bytes"] == 17 })
    }

    @Test func `a trail that does not end with one of its lines is not gone on with`() async throws {
        try await write(1)
        try "nonsense\n".write(toFile: try files[0], atomically: false, encoding: .utf8)
        #expect(throws: AuditFailure.self) { try trail() }
    }

    @Test func `what finds the queue full is lost, counted, and told of`() async throws {
        let trail = try AuditTrail(
            AuditSettings(folder: folder, waiting: 2),
            version: "1",
            delay: .seconds(3600)
        )
        for _ in 0..<5 { trail.record(Self.event()) }
        #expect(trail.waitingCalls == 2)
        #expect(trail.lostCalls == 3)
        await trail.flush()
        #expect(trail.waitingCalls == 0)
        #expect(try lines().filter { $0["event"] == "call" }.count == 2)
        #expect(try lines().last?["count"] == 3)
        #expect(try verify().lost == 3)
    }

    @Test func `finished files are deleted when they are old, and the last never`() async throws {
        try await write(60) { $0.fileBytes = 4096 }
        try await write(60) { $0.fileBytes = 4096 }
        let before = try files
        #expect(before.count > 1)
        for file in before {
            let old = Date(timeIntervalSinceNow: -200 * 86_400)
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: file)
        }
        try await write(1) { $0.retention = .seconds(180 * 86_400) }
        #expect(try files == [before[before.count - 1]])
        let summary = try verify()
        #expect(summary.findings == [])
        #expect(try #require(summary.first) > 1)
    }

    @Test func `only the owner can read it`() async throws {
        try await write(1)
        for path in [folder, try files[0]] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? Int ?? 0) & 0o077 == 0)
        }
    }

    @Test func `lines are found by what they are about`() async throws {
        let trail = try trail()
        for item in ["a", "b", "a"] { trail.record(Self.event(item)) }
        await trail.flush()
        for (count, change) in [
            (2, { $0.item = "a" }), (3, { $0.namespace = "epic" }), (0, { $0.namespace = "atlas" }),
            (3, { $0.subject = "maria" }), (0, { $0.outcome = "forbidden" }), (4, { $0.until = "9999" }),
            (0, { $0.since = "9999" }), (4, { _ in }),
        ] as [(Int, (inout AuditFilter) -> Void)] {
            var filter = AuditFilter()
            change(&filter)
            var found = 0
            try AuditReading(AuditFolder(folder)).search(filter) { _ in
                found += 1
                return true
            }
            #expect(found == count)
        }
        var found = 0
        try AuditReading(AuditFolder(folder)).search(AuditFilter()) { _ in
            found += 1
            return found < 2
        }
        #expect(found == 2)
    }
}

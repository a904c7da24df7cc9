import GatewayCore
import JSON
import PluginWire
import Testing

@testable import PluginChecking

/// The limits of the checks, at their edges.
@Suite struct LimitTests {
    @Test func `versions are compared number by number`() throws {
        let floor = try #require(SymbolVersion("2.36"))
        #expect(SymbolVersion([2, 36]) == floor)
        #expect(try #require(SymbolVersion("2.4")) < floor)
        #expect(try #require(SymbolVersion("2.36.1")) > floor)
        #expect(try #require(SymbolVersion("3.0")) > floor)
        for nonsense in ["", "2.", "2.x", "-1", "2..3"] { #expect(SymbolVersion(nonsense) == nil) }
    }

    private func findings(structured: [UInt8]) -> [Finding] {
        let tool = ToolDescription(localName: "big", description: "Big.", inputSchema: ["type": "object"])
        let result = ProbeResult(isCompleted: true, number: 0, flags: 0, structured: structured, content: [], meta: [])
        return ResultRules.findings(result, of: tool, "big")
    }

    @Test func `a result of 16 MiB is passed on, and one byte more is not`() {
        let text = Array("\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: (16 << 20) - 2) + Array("\"".utf8)
        #expect(findings(structured: text) == [])
        #expect(findings(structured: text + Array(" ".utf8)).contains { $0.fault.contains("16777217 bytes") })
    }

    @Test func `a failure without a message is a warning, and one that is not JSON an error`() {
        let tool = ToolDescription(localName: "fails", description: "Fails.", inputSchema: ["type": "object"])
        func findings(_ text: String) -> [Finding] {
            let result = ProbeResult(
                isCompleted: true,
                number: PluginStatus.notFound.rawValue,
                flags: 0,
                structured: Array(text.utf8),
                content: [],
                meta: []
            )
            return ResultRules.findings(result, of: tool, "fails")
        }
        #expect(findings(#"{"message":"There is no job 12."}"#) == [])
        #expect(findings("{}").map(\.severity) == [.warning])
        #expect(findings("").map(\.severity) == [.warning])
        #expect(findings("{").map(\.severity) == [.error])
    }

    @Test func `what a runner is asked for survives its way through the arguments`() throws {
        var settings = CheckSettings()
        settings.patience = .milliseconds(1)
        settings.leakCalls = 7
        for (recordings, walls) in [(nil, nil), ("/check", SandboxLayers.landlock)] as [(String?, SandboxLayers?)] {
            settings.walls = walls
            let task = RunnerTask(check: "load", recordings: recordings, settings: settings, parent: 12)
            #expect(RunnerTask(arguments: Array(task.arguments.dropFirst())) == task)
        }
        #expect(RunnerTask(arguments: ["load"]) == nil)
    }

    @Test func `what a runner wrote is read as far as it came`() {
        let marks = RunnerReport.line(mark: "create\nnow") + RunnerReport.line(mark: "START")
        let broken = RunnerReport(reading: marks + Array("{\"findings\":[".utf8))
        #expect(broken.lastMark == "START" && !broken.isComplete)
        var whole = RunnerReport()
        whole.findings = [Finding("a", "b", remedy: "c", severity: .warning)]
        whole.manifest = Array("{\"a\":\"\n\"}".utf8)
        let read = RunnerReport(reading: marks + whole.line)
        #expect(read.isComplete && read.findings == whole.findings && read.manifest == whole.manifest)
    }
}

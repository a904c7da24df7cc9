import FoundationEssentials
import Testing

@Suite("House rules")
struct HouseRuleTests {
    private static let longestFile = 400
    private static let homesOfUnsafe = [
        "Sources/PluginAPI/PluginKit/Bridge/", "Sources/Host/PluginRuntime/", "Sources/Host/PluginHosting/",
        "Sources/Host/AuditTrail/AuditFile.swift",
        "Sources/Host/ClientLogin/BrowserProgram.swift",
        "Sources/Host/GatewayCore/IPAddress.swift",
        "Sources/Host/LocalFiles/",
        "Sources/Host/Observability/StandardError.swift",
        "Sources/Host/OutboundHTTP/",
        "Sources/Host/OutboundStream/",
        "Sources/Host/PluginChecking/Probe/",
        "Sources/Host/PluginChecking/Runner/",
        "Sources/Host/PluginTemplates/EmbeddedFiles.swift",
        "Sources/Host/PluginWorker/",
        "Sources/Host/PostgresClient/",
        "Sources/Host/SQLiteSource/",
        "Plugins/ATLAS/Entry/", "Plugins/ePIC/Entry/", "Plugins/Rubin/Entry/",
    ]
    private static let homesOfTasks = [
        "Sources/PluginAPI/PluginKit/Bridge/", "Sources/Host/PluginRuntime/", "Sources/Host/HTTPServer/",
        "Sources/Host/Beamline/Commands/ServeCommand.swift", "Sources/Host/PluginWorker/WorkerSession.swift",
        "Sources/Host/PluginHosting/Workers/WorkerSupervisor.swift",
        // A refresh token that was spent must be replaced, though who asked went.
        "Sources/Host/AuthorizationServer/Acting/LoginRenewal.swift",
    ]

    private var product: [SourceTree.File] {
        get throws { try SourceTree.files(below: "Sources") + SourceTree.files(below: "Plugins") }
    }

    @Test func `no file is longer than a reader's patience`() throws {
        for file in try product + SourceTree.files(below: "Tests") {
            #expect(file.lines.count <= Self.longestFile + 1, "\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func `unsafe is written only at the boundaries`() throws {
        for file in try product where !Self.homesOfUnsafe.contains(where: file.path.hasPrefix) {
            for (number, line) in file.lines.enumerated() where Self.words(of: line).contains("unsafe") {
                Issue.record("\(file.path):\(number + 1) says unsafe")
            }
        }
    }

    @Test func `tasks without a parent begin only where callbacks come in`() throws {
        for file in try product where !Self.homesOfTasks.contains(where: file.path.hasPrefix) {
            for (number, line) in file.lines.enumerated() {
                let code = Self.code(of: line)
                let starts = code.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "{" }
                let begins = zip(starts, starts.dropFirst()).contains { $0 == "Task" && $1.hasPrefix("{") }
                #expect(
                    !begins && !starts.contains("Task.detached"),
                    "\(file.path):\(number + 1) begins a task of its own"
                )
            }
        }
    }

    @Test func `nothing traps on what input can reach`() throws {
        for file in try product {
            for (number, line) in file.lines.enumerated() {
                let code = Self.code(of: line)
                for trap in ["try!", "as!", "fatalError("] {
                    #expect(!code.contains(trap), "\(file.path):\(number + 1) has \(trap)")
                }
            }
        }
    }

    @Test func `tests write to the folder of their run, which is deleted at its end`() throws {
        for file in try SourceTree.files(below: "Tests")
        where !["Tests/TestSupport/RunFolder.swift", "Tests/ArchitectureTests/HouseRuleTests.swift"].contains(file.path)
        {
            for (number, line) in file.lines.enumerated() {
                let code = Self.code(of: line)
                for place in ["temporaryDirectory", "NSTemporaryDirectory", "mkdtemp"] {
                    #expect(!code.contains(place), "\(file.path):\(number + 1) has \(place)")
                }
            }
        }
    }

    @Test func `every plugin's entry file does nothing but name its plugin`() throws {
        for folder in ["Plugins/ATLAS/Entry", "Plugins/ePIC/Entry", "Plugins/Rubin/Entry"] {
            let files = try SourceTree.files(below: folder)
            #expect(files.count == 1)
            #expect(files.allSatisfy { $0.lines.count < 20 })
        }
    }

    private static func code(of line: String) -> String {
        guard let comment = line.firstRange(of: "//") else { return line }
        return String(line[..<comment.lowerBound])
    }

    private static func words(of line: String) -> [Substring] {
        code(of: line).split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    }
}

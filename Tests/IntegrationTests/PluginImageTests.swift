import Foundation
import TestSupport
import Testing

@Suite("Plugins in memory")
struct PluginImageTests {
    @Test func `every plugin runs from its own sealed memory and not from its file`() async throws {
        let gateway = try await SharedSite.gateway()
        let maps = try SystemFile.text("/proc/\(gateway.pid)/maps")
        let executable = maps.split(separator: "\n").filter { line in
            line.split(separator: " ").dropFirst().first?.contains("x") == true
        }
        let images = Set(executable.compactMap { $0.firstMatch(of: /memfd:beamline-([a-z0-9]+)/)?.output.1 })
        #expect(images == ["atlas", "epic", "rubin"])
        for library in ["libATLAS.so", "libePIC.so", "libRubin.so"] {
            #expect(!maps.contains(library))
        }
    }
}

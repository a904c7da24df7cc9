import PluginFixtures
import Testing

@testable import PluginHosting

@Suite(.enabled(if: CompilerRun.isInstalled("cc"), "cc is not installed: there was no library to read"))
struct ELFLibraryTests {
    private func plain() async throws -> [UInt8] {
        try await FixtureLibrary.shared.bytes(of: FixtureLibrary.shared.path(of: "plain"))
    }

    @Test func `a library says what it exports and what it needs`() async throws {
        let library = try ELFLibrary(try await plain())
        #expect(library.exports.contains("beam_plugin_v1"))
        #expect(library.needs.contains { $0.name == "pthread_create" && !$0.isWeak })
        #expect(library.libraries == ["libc.so.6"])
        #expect(library.versions["libc.so.6"]?.contains { $0.hasPrefix("GLIBC_2.") } == true)
        #expect(library.searchPath.isEmpty)
        #expect(!library.hasExecutableStack && !library.hasTextRelocations && !library.isNeverUnloaded)
    }

    @Test func `a library that is cut off anywhere is refused or read, and never harms`() async throws {
        let bytes = try await plain()
        for length in stride(from: 0, to: bytes.count, by: 499) {
            _ = try? ELFLibrary(Array(bytes[..<length]))
        }
        #expect(throws: ELFImage.Failure.self) { try ELFLibrary(Array(bytes.dropLast())) }
    }

    @Test func `offsets that lie never harm`() async throws {
        let bytes = try await plain()
        // Each number of the headers, and a sample of what lies in the tables behind them.
        let positions = Array(stride(from: 16, to: 800, by: 8)) + stride(from: 800, to: bytes.count - 8, by: 168)
        for position in positions {
            var changed = bytes
            for index in 0..<8 { changed[position + index] = 0xFF }
            _ = try? ELFLibrary(changed)
        }
    }
}

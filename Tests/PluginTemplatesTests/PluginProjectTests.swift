import PluginTemplates
import Testing

@Suite struct PluginProjectTests {
    @Test(arguments: PluginProject.Language.allCases)
    func `no file keeps the name of the template`(language: PluginProject.Language) throws {
        let project = try PluginProject(language, name: "muon", package: "https://example.org/some/kit.git")
        #expect(project.files.count >= 8)
        for (path, text) in project.files {
            #expect(!path.lowercased().contains("neutrino"))
            #expect(!text.lowercased().contains("neutrino"), "\(path)")
            #expect(!text.contains("BEAMLINE_PACKAGE") && !text.contains("BEAMLINE_DEPENDENCY"), "\(path)")
        }
    }

    @Test func `a Swift project depends on the package that was named`() throws {
        let files = try PluginProject(.swift, name: "muon", package: "https://example.org/some/kit.git").files
        let package = try #require(files["Package.swift"])
        #expect(package.contains(#".package(url: "https://example.org/some/kit.git", branch: "main")"#))
        #expect(package.contains(#".product(name: "PluginKit", package: "kit")"#))
        #expect(files["Sources/MuonTools/Muon.swift"]?.contains("struct Muon: Plugin") == true)
    }

    @Test func `a Swift project needs to know where PluginKit is`() {
        #expect(throws: PluginProject.Failure.self) { try PluginProject(.swift, name: "muon") }
    }

    @Test(arguments: ["m", "Muon", "1muon", "mu-on", "beamline", "muonmuonmuonmuon1", ""])
    func `a name that is no namespace is refused`(name: String) {
        #expect(throws: PluginProject.Failure.self) { try PluginProject(.c, name: name) }
    }

    @Test(arguments: ["mu", "muonmuonmuonmuo1"])
    func `the shortest and the longest name are taken`(name: String) throws {
        #expect(
            try PluginProject(.c, name: name).files["manifest.json"]?.contains("\"namespace\": \"\(name)\"") == true
        )
    }
}

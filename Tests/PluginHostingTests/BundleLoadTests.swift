import Foundation
import LocalFiles
import PluginFixtures
import PluginHosting
import Sealing
import TestSupport
import Testing

@Suite("Bundles that are loaded, and those that are not")
struct BundleLoadTests {
    private let key = SigningKey()

    private func trust(inProcess: Bool = false, required: Bool = true) -> BundleTrust {
        let key = BundleTrust.Key(name: "lab", key: key.verifyingKey, isTrustedInProcess: inProcess)
        return BundleTrust(keys: [key], requiresSignature: required)
    }

    private func signed(with key: SigningKey? = nil) async throws -> BundleFolder {
        let bundle = try await BundleFolder()
        try sign(bundle, with: key)
        return bundle
    }

    private func sign(_ bundle: BundleFolder, with key: SigningKey? = nil) throws {
        let index = try BundleWriter.index(of: Folder(path: bundle.path)).serialized
        try bundle.write("bundle.json", Data(index))
        try bundle.write("bundle.json.sig", Data(BundleSignature(over: index, with: key ?? self.key).serialized))
    }

    private func load(
        _ bundle: BundleFolder,
        _ trust: BundleTrust,
        limits: BundleLimits = BundleLimits()
    ) async throws -> PluginLoadOutcome {
        let loader = quietLoader()
        let request = PluginLoadRequest(
            path: bundle.path,
            services: NoServices(),
            trust: trust,
            bundleLimits: limits
        )
        let outcome = try #require(await loader.load([request]).first)
        await loader.shutdown()
        return outcome
    }

    @Test func `a signed bundle is loaded, and its origin is known`() async throws {
        let bundle = try await signed()
        let plugin = try await load(bundle, trust()).result.get()
        #expect(plugin.manifest.id == "org.beamline.plain")
        #expect(plugin.origin == .bundle(.signed(by: "lab", isTrustedInProcess: false)))
        #expect(!plugin.origin.isTrustedInProcess)
        let trusted = try await load(bundle, trust(inProcess: true)).result.get()
        #expect(trusted.origin.isTrustedInProcess)
    }

    @Test func `without a need of a signature an unsigned bundle is loaded and said to be one`() async throws {
        let bundle = try await signed()
        try bundle.remove("bundle.json.sig")
        #expect(try await load(bundle, trust()).failedStep == .signature)
        #expect(try await load(bundle, .none).result.get().origin == .bundle(.unsigned))
    }

    @Test func `an unknown key is as good as none`() async throws {
        let other = SigningKey()
        let bundle = try await signed(with: other)
        #expect(try await load(bundle, trust()).failedStep == .signature)
        let plugin = try await load(bundle, trust(required: false)).result.get()
        #expect(plugin.origin == .bundle(.unknownKey(id: other.verifyingKey.id)))
    }

    @Test func `a bad signature is refused though none is asked for`() async throws {
        let bundle = try await signed()
        try bundle.write("bundle.json", try bundle.read("bundle.json") + Data(" ".utf8))
        #expect(try await load(bundle, trust(required: false)).failedStep == .signature)
        try bundle.write("bundle.json.sig", try bundle.read("bundle.json.sig").prefix(80))
        #expect(try await load(bundle, .none).failedStep == .signature)
    }

    @Test func `a library by itself is refused where a signature is needed`() async throws {
        let loader = quietLoader()
        let path = try await FixtureLibrary.shared.path(of: "plain")
        let outcomes = await loader.load([
            PluginLoadRequest(path: path, namespace: "one", services: NoServices(), trust: trust()),
            PluginLoadRequest(path: path, namespace: "two", services: NoServices(), trust: trust(required: false)),
        ])
        #expect(outcomes.map(\.failedStep) == [.signature, nil])
        #expect(try outcomes[1].result.get().origin == .library)
        await loader.shutdown()
    }

    /// What may be done to a bundle after it was signed.
    enum Harm: CaseIterable {
        case changedLibrary, longerLibrary, shorterDocument, missingDocument, extraFile, extraFolder
        case libraryIsLink, folderIsLink, linkBeside, pipeBeside
    }

    @Test(arguments: Harm.allCases)
    func `what was changed after it was signed is not loaded`(_ harm: Harm) async throws {
        let bundle = try await signed()
        let library = try bundle.read(BundleFolder.library)
        let outside = try RunFolder.current.subfolder("outside")
        let files = FileManager.default
        switch harm {
        case .changedLibrary:
            var changed = library
            changed[changed.count - 1] ^= 1
            try bundle.write(BundleFolder.library, changed)
        case .longerLibrary: try bundle.write(BundleFolder.library, library + Data([0]))
        case .shorterDocument: try bundle.write("documents/about.md", "# Plai\n")
        case .missingDocument: try bundle.remove("documents/about.md")
        case .extraFile: try bundle.write("skills/more.md", "more")
        case .extraFolder: try files.createDirectory(atPath: "\(bundle.path)/icons", withIntermediateDirectories: false)
        case .libraryIsLink:
            // The very bytes that were signed, but in a file that others may change.
            try library.write(to: URL(fileURLWithPath: "\(outside)/plain.so"))
            try bundle.remove(BundleFolder.library)
            try files.createSymbolicLink(
                atPath: "\(bundle.path)/\(BundleFolder.library)",
                withDestinationPath: "\(outside)/plain.so"
            )
        case .folderIsLink:
            try files.moveItem(atPath: "\(bundle.path)/documents", toPath: "\(outside)/documents")
            try files.createSymbolicLink(
                atPath: "\(bundle.path)/documents",
                withDestinationPath: "\(outside)/documents"
            )
        case .linkBeside:
            try files.createSymbolicLink(atPath: "\(bundle.path)/link", withDestinationPath: "manifest.json")
        case .pipeBeside: #expect(unsafe mkfifo("\(bundle.path)/pipe", 0o600) == 0)
        }
        #expect(try await load(bundle, trust()).failedStep == .file)
        #expect(try await load(bundle, .none).failedStep == .file)
    }

    @Test func `another machine's bundle says so`() async throws {
        let bundle = try await BundleFolder()
        let library = try bundle.read(BundleFolder.library)
        try bundle.remove(BundleFolder.ownTarget)
        try bundle.write("\(BundleFolder.otherTarget)/plain.so", library)
        try sign(bundle)
        let outcome = try await load(bundle, trust())
        #expect(outcome.failedStep == .image)
        guard case .failure(let failure) = outcome.result else { return }
        #expect(failure.reason.contains("no library for this machine, \(BundleFolder.ownTarget)"))
        #expect(failure.reason.contains(BundleFolder.otherTarget))
    }

    @Test func `a library in the wrong folder is found before it is loaded`() async throws {
        let bundle = try await BundleFolder()
        var library = try bundle.read(BundleFolder.library)
        library[18] ^= 0xFF
        try bundle.write(BundleFolder.library, library)
        try sign(bundle)
        #expect(try await load(bundle, trust()).failedStep == .image)
        #expect(throws: BundleFailure.self) { try PluginInspection(path: bundle.path, trust: trust()) }
    }

    @Test func `a folder without an index is no bundle`() async throws {
        let bundle = try await BundleFolder()
        #expect(try await load(bundle, .none).failedStep == .file)
        let inspection = try PluginInspection(path: bundle.path, trust: .none)
        #expect(!inspection.isIndexed)
        #expect(inspection.manifest?.id == "org.beamline.plain")
    }

    @Test func `the limits count when a bundle is loaded`() async throws {
        let bundle = try await signed()
        var limits = BundleLimits()
        limits.files = 3
        #expect(try await load(bundle, trust(), limits: limits).failedStep == nil)
        limits.files = 2
        #expect(try await load(bundle, trust(), limits: limits).failedStep == .file)
    }

    @Test func `inspecting shows powers and runs nothing`() async throws {
        // Its library would fail to start; inspecting does not notice.
        let library = try await FixtureLibrary.shared.path(of: "start_fails")
        let inspection = try PluginInspection(path: library, trust: trust())
        #expect(inspection.origin == .library)
        #expect(inspection.manifest == nil)
        #expect(inspection.targets == [.own])

        let bundle = try await signed()
        let shown = try PluginInspection(path: bundle.path, trust: trust())
        #expect(shown.origin == .bundle(.signed(by: "lab", isTrustedInProcess: false)))
        #expect(shown.powers?.blocks == false)
        #expect(shown.powers?.memoryMebibytes == 512)
        #expect(shown.files.map(\.path).contains("documents/about.md"))
    }
}

import JSON
import PluginHosting
import Sealing
import Testing

@Suite("The index of a bundle, and its signature")
struct BundleIndexTests {
    private static let digest = String(repeating: "a", count: 64)

    private static func text(_ files: String) -> [UInt8] {
        Array("{\"schema\": \"beamline.bundle/1\", \"files\": [\(files)]}".utf8)
    }

    private static func file(_ path: String, size: String = "1", digest: String = digest, more: String = "") -> String {
        "{\"path\": \"\(path)\", \"size\": \(size), \"sha256\": \"\(digest)\"\(more)}"
    }

    private static let manifest = file("manifest.json")

    @Test func `what is written is read again`() throws {
        let library = Self.file("linux-x86_64/epic.so", size: "7", more: ", \"target\": \"linux-x86_64\"")
        let index = try BundleIndex(
            parsing: Self.text("\(Self.manifest), \(library), \(Self.file("icons/a+b_c-1.png"))")
        )
        #expect(index.targets == [.x86])
        #expect(index.library(for: .x86)?.size == 7)
        #expect(index.library(for: .arm) == nil)
        #expect(Set(try BundleIndex(parsing: index.serialized).files) == Set(index.files))
    }

    @Test(arguments: [
        "../manifest.json", "/etc/passwd", "a/../b", "./a", "a//b", "a/", "", ".hidden", "a/.b", "a\\\\b", "a b",
        "a\\u0000b",
        "é", "bundle.json", "bundle.json.sig", "1/2/3/4/5/6/7/8/9", String(repeating: "a", count: 256),
    ])
    func `a name that leaves, hides or winds is refused`(_ path: String) {
        #expect(throws: BundleFailure.self) {
            try BundleIndex(parsing: Self.text("\(Self.manifest), \(Self.file(path))"))
        }
    }

    @Test(arguments: ["1/2/3/4/5/6/7/8", String(repeating: "a", count: 255)])
    func `a name at the edge is taken`(_ path: String) throws {
        #expect(try BundleIndex(parsing: Self.text("\(Self.manifest), \(Self.file(path))")).files.count == 2)
    }

    @Test(arguments: [
        "", "[]", "{}", "{\"schema\": \"beamline.bundle/2\", \"files\": []}", "{\"schema\": \"beamline.bundle/1\"}",
        "{\"schema\": \"beamline.bundle/1\", \"schema\": \"beamline.bundle/1\", \"files\": []}",
        String(decoding: text(""), as: UTF8.self),
        String(decoding: text(file("other.json")), as: UTF8.self),
        String(decoding: text("\(manifest), \(manifest)"), as: UTF8.self),
        String(decoding: text(file("manifest.json", size: "-1")), as: UTF8.self),
        String(decoding: text(file("manifest.json", size: "1.5")), as: UTF8.self),
        String(decoding: text(file("manifest.json", size: "\"1\"")), as: UTF8.self),
        String(decoding: text(file("manifest.json", size: "9223372036854775808")), as: UTF8.self),
        String(decoding: text(file("manifest.json", digest: "aa")), as: UTF8.self),
        String(decoding: text(file("manifest.json", digest: String(repeating: "A", count: 64))), as: UTF8.self),
        String(decoding: text("\(manifest), \(file("a.so", more: ", \"target\": 1"))"), as: UTF8.self),
        String(
            decoding: text(
                "\(manifest), \(file("a.so", more: ", \"target\": \"linux-x86_64\"")), \(file("b.so", more: ", \"target\": \"linux-x86_64\""))"
            ),
            as: UTF8.self
        ),
        String(decoding: text("\(manifest), 7"), as: UTF8.self),
        String(repeating: "[", count: 1000),
    ])
    func `an index that is not whole or says two things is refused`(_ text: String) {
        #expect(throws: BundleFailure.self) { try BundleIndex(parsing: Array(text.utf8)) }
    }

    @Test func `a library for a machine of another day is a file like others`() throws {
        let library = Self.file("linux-riscv64/epic.so", more: ", \"target\": \"linux-riscv64\"")
        #expect(try BundleIndex(parsing: Self.text("\(Self.manifest), \(library)")).targets == [])
    }

    @Test func `files are counted and their bytes added up`() throws {
        var limits = BundleLimits()
        limits.files = 2
        limits.bytes = 10
        let text = Self.text("\(Self.file("manifest.json", size: "4")), \(Self.file("a", size: "6"))")
        #expect(try BundleIndex(parsing: text, limits: limits).files.count == 2)
        limits.bytes = 9
        #expect(throws: BundleFailure.self) { try BundleIndex(parsing: text, limits: limits) }
        limits.bytes = 10
        limits.files = 1
        #expect(throws: BundleFailure.self) { try BundleIndex(parsing: text, limits: limits) }
        let huge = Self.text(
            "\(Self.file("manifest.json", size: "9223372036854775807")), \(Self.file("a", size: "9223372036854775807"))"
        )
        #expect(throws: BundleFailure.self) { try BundleIndex(parsing: huge) }
    }

    @Test func `a signature is read only whole`() throws {
        let whole = BundleSignature(over: [1, 2, 3], with: SigningKey()).serialized
        #expect(try BundleSignature(parsing: whole).serialized == whole)
        for length in 0..<(whole.count - 2) {
            #expect(throws: BundleFailure.self) { try BundleSignature(parsing: Array(whole.prefix(length))) }
        }
        let long = whole + Array(repeating: UInt8(ascii: " "), count: 4097)
        #expect(throws: BundleFailure.self) { try BundleSignature(parsing: long) }
    }
}

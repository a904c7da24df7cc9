import Foundation
import Testing

/// The published test vectors, which are not part of this repository.
///
/// They are looked for in the folder that the environment variable `BEAMLINE_VECTORS` names, else in `../shared` beside
/// the repository. Tests that need them say that they are skipped when there are none.
enum Vectors {
    static let missing: Comment = """
        The published vectors are not here: set BEAMLINE_VECTORS to a folder with reference/json-parsing and \
        reference/json-schema.
        """

    /// Whether a folder of vectors exists.
    static func exist(at path: String) -> Bool {
        let isThere = folder(path) != nil
        if !isThere { print("SKIPPED: no vectors at \(path); \(missing)") }
        return isThere
    }

    /// The files of a folder of vectors, by name.
    static func files(at path: String) -> [Vector] {
        guard let folder = folder(path) else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".json") }.sorted().map { Vector(name: $0, path: folder + "/" + $0) }
    }

    private static func folder(_ path: String) -> String? {
        var candidates: [String] = []
        if let base = ProcessInfo.processInfo.environment["BEAMLINE_VECTORS"] { candidates.append(base) }
        // Tests/JSONTests/Vectors.swift is three levels below the repository.
        let repository = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        candidates.append(repository.deletingLastPathComponent().path + "/shared")
        return candidates.map { $0 + "/reference/" + path }.first { FileManager.default.fileExists(atPath: $0) }
    }
}

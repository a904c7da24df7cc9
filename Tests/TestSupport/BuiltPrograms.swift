import Foundation

/// The programs and plugins of this build: they lie beside the tests.
package enum BuiltPrograms {
    package static let gateway = "beamline"
    package static let sampleData = "beamline-sample-data"

    /// The folder with everything that was built, without a slash at its end.
    package static let folder: String = {
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: tests ?? CommandLine.arguments[0]).deletingLastPathComponent().path
    }()

    /// The top folder of the source tree.
    package static let sourceTree = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The path of a file of the build.
    package static func path(of name: String) throws -> String {
        let path = "\(folder)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else {
            throw SetupFailure("\(path) is missing; build everything with `swift build --build-tests`.")
        }
        return path
    }
}

import Foundation

/// How much memory this process uses.
enum ResidentMemory {
    struct Unknown: Error {}

    /// By how many bytes memory rose while something was done, at most, whoever used it.
    static func rise(_ body: () async throws -> Void) async throws -> Int {
        // Sets the high-water mark to what is in use now (proc_pid_clear_refs(5)).
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = try bytes("VmRSS")
        try await body()
        return try bytes("VmHWM") - before
    }

    private static func bytes(_ name: String) throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        guard let number = line?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else { throw Unknown() }
        return number * 1024
    }
}

import FoundationEssentials
import Glibc

/// What belongs to the whole process and not to a plugin.
struct ProcessState: Sendable {
    private let handlers: [Int32: UInt]
    private let locale: String
    private let folder: String
    private let environment: [String: String]
    /// As the system writes it; empty when it does not.
    private let mask: String
    private let descriptors: [String: String]
    private let threads: Set<String>

    /// The state now.
    init() {
        handlers = Dictionary(uniqueKeysWithValues: (1...64).map { ($0, Self.handler(of: $0)) })
        locale = unsafe setlocale(LC_ALL, nil).map { unsafe String(cString: $0) } ?? ""
        folder = FileManager.default.currentDirectoryPath
        environment = ProcessInfo.processInfo.environment
        mask = Self.fileModeMask()
        threads = Set(Self.names(in: "/proc/self/task"))
        // The folder that is being read is open itself, and gone when it is asked for.
        var descriptors: [String: String] = [:]
        for name in Self.names(in: "/proc/self/fd") {
            descriptors[name] = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
        }
        self.descriptors = descriptors
    }

    /// What is another now than it was before, each with how to mend it.
    func changes(since before: ProcessState) -> [Finding] {
        var changes: [Finding] = []
        for signal in handlers.keys.sorted() where handlers[signal] != before.handlers[signal] {
            changes.append(change("signal \(signal)", "the handler of signal \(signal)", "Leave signals to the host."))
        }
        if locale != before.locale {
            changes.append(
                change("locale", "the locale", "Use newlocale and the functions ending in _l instead of setlocale.")
            )
        }
        if folder != before.folder {
            changes.append(change("folder", "the current folder", "Use absolute paths, or openat."))
        }
        if mask != before.mask {
            changes.append(change("umask", "the file mode mask", "Give modes to open and mkdir."))
        }
        for name in Set(environment.keys).union(before.environment.keys).sorted()
        where environment[name] != before.environment[name] {
            changes.append(change(name, "the environment variable \(name)", "Keep settings in the instance."))
        }
        for (number, target) in before.descriptors.sorted(by: { $0.key < $1.key }) where descriptors[number] != target {
            changes.append(
                change("descriptor \(number)", "a descriptor it did not open", "Close only what the plugin has opened.")
            )
        }
        for (number, target) in descriptors.sorted(by: { $0.key < $1.key }) where before.descriptors[number] == nil {
            changes.append(
                Finding(
                    "descriptor \(number)",
                    "Loading and creating opens \(target) and leaves it open.",
                    remedy: "Do no I/O before START; reach data through the host's services."
                )
            )
        }
        let started = threads.subtracting(before.threads).count
        if started > 0 {
            changes.append(
                Finding(
                    "threads",
                    "Loading, creating and destroying leave \(started) threads behind.",
                    remedy: "Start threads in START or at the first call, and end them before destroy returns."
                )
            )
        }
        return changes
    }

    /// How many threads there are.
    static var threadCount: Int { names(in: "/proc/self/task").count }

    /// Lets other threads go on.
    static func pause() {
        usleep(50_000)
    }

    /// Lets other threads go on until there are no more than so many, but for two seconds at most.
    static func pause(untilThreads count: Int) {
        pause()
        for _ in 0..<40 where threadCount > count { pause() }
    }

    private func change(_ place: String, _ what: String, _ remedy: String) -> Finding {
        Finding(
            place,
            "Loading or creating the plugin changes \(what), which belongs to the whole process.",
            remedy: remedy
        )
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    /// Read, because asking for it sets it, which nobody may in a worker.
    private static func fileModeMask() -> String {
        let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
        let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("Umask:") }.map(String.init) ?? ""
    }

    /// The address of a signal's handler; 0 for the default and for signals that have none.
    private static func handler(of signal: Int32) -> UInt {
        var action = sigaction()
        guard unsafe sigaction(signal, nil, &action) == 0 else { return 0 }
        return unsafe unsafeBitCast(action.__sigaction_handler, to: UInt.self)
    }
}

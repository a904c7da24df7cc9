import Glibc

/// Opens pages for the person, where there is a screen.
package struct BrowserProgram: Sendable {
    private let path: String
    private let environment: [String: String]

    /// Nil without a display or without the program `xdg-open`.
    package init?(environment: [String: String]) {
        let displays = ["DISPLAY", "WAYLAND_DISPLAY"].compactMap { environment[$0] }
        guard displays.contains(where: { !$0.isEmpty }) else { return nil }
        let folders = (environment["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        let paths: [String] = folders.map { folder in "\(folder)/xdg-open" }
        guard let path = paths.first(where: Self.isProgram) else { return nil }
        self.path = path
        self.environment = environment
    }

    /// Starts it, and does not wait for it.
    /// - Returns: whether it was started.
    package func open(_ url: String) -> Bool {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        // What a browser says is of no interest here.
        for descriptor in [Int32(0), 1, 2] {
            unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var arguments = unsafe Self.copies([path, url])
        var variables = unsafe Self.copies(environment.map { "\($0.key)=\($0.value)" })
        defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
        var child: pid_t = 0
        return unsafe posix_spawn(&child, path, &actions, nil, &arguments, &variables) == 0
    }

    private static func isProgram(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        unsafe texts.map { unsafe strdup($0) } + [nil]
    }
}

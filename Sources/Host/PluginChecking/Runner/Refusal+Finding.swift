/// What an author is told of a refused call.
extension Refusal {
    /// What it says of the plugin: an error where the contract forbids it, else a warning.
    var finding: Finding {
        let call = path.map { "\(self.call) of \($0)" } ?? self.call
        let (deed, remedy, severity) = words
        return Finding(
            place,
            "The plugin \(deed), which no worker may (\(call)).",
            remedy: remedy,
            severity: severity
        )
    }

    private var words: (deed: String, remedy: String, severity: Finding.Severity) {
        switch purpose {
        case .network:
            (
                "uses a socket",
                "Name a source in the manifest and ask it with invoke; the site binds it to what you would connect to. "
                    + "A plugin that must bring its own client runs only where a site says \"isolation: in-process\".",
                .error
            )
        case .processes:
            (
                "starts another process",
                "Do the work in threads of the plugin, or in a service that it asks through a source.",
                .error
            )
        case .writes:
            ("changes a file", "Keep state in memory or behind a source; a worker has no files of its own.", .error)
        case .reads:
            (
                "reads a file",
                "Take settings from what create is given and data from sources; of files only libraries can be read.",
                .warning
            )
        case .signals: ("signals another process", "Leave other processes alone.", .error)
        case .folder:
            ("changes the current folder", "Use absolute paths, or openat; it belongs to the whole process.", .error)
        case .mask:
            ("changes the file mode mask", "Leave it alone; it belongs to the whole process.", .error)
        case .powers:
            ("asks for power over the system or other processes", "A plugin gets none; do without.", .error)
        case .other:
            ("asks for what is on no list of a worker", "See that the plugin works when this fails.", .warning)
        }
    }
}

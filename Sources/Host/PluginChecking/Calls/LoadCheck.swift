import FoundationEssentials
import GatewayCore

/// The first check that runs the plugin's code: loading it, shaking hands, and making an instance.
enum LoadCheck {
    static let name = "load"
    static let subject = "it loads, shakes hands, and leaves the process as it was"
    static let onCrash =
        "Constructors, beam_plugin_v1, manifest and create must only hand out what is constant; do the rest in START."

    /// How long the loader's functions may take together before their author is told.
    private static let unhurried = Duration.milliseconds(250)

    static func run(
        _ path: String,
        _ recordings: Recordings,
        mark: (String) -> Void
    ) -> (manifest: [UInt8]?, findings: [Finding]) {
        // Whatever this process does once for itself is done before it is compared.
        _ = ProcessState()
        let before = ProcessState()
        let begin = ContinuousClock.now
        let library: ProbeLibrary
        do throws(ProbeLibrary.Failure) {
            mark("loading")
            library = try ProbeLibrary(loading: path)
        } catch {
            return (nil, [error.finding])
        }
        mark("create")
        let probe = Probe(.guarded)
        let created = probe.create(library, configuration: recordings.configuration)
        let time = ContinuousClock.now - begin
        mark("destroy")
        if created == PluginStatus.ok.rawValue { probe.destroy() }
        var findings = settledChanges(since: before)
        if time > unhurried {
            findings.append(
                Finding.warning(
                    "create",
                    "Loading and creating took \(time); each of the loader's functions should return within 50 ms.",
                    remedy: "Do the work in START, which may take seconds."
                )
            )
        }
        return (library.manifest, findings)
    }

    /// Threads that were joined stay in the system's list for a moment.
    private static func settledChanges(since before: ProcessState) -> [Finding] {
        for _ in 0..<20 {
            let changes = ProcessState().changes(since: before)
            if !changes.contains(where: { $0.place == "threads" }) { return changes }
            ProcessState.pause()
        }
        return ProcessState().changes(since: before)
    }
}

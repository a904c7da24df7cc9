import CFakeHost
import FoundationEssentials
import PluginHosting

extension CallCheck {
    /// What one call may add to the heap without being a leak, in bytes: allocators keep a little.
    private static let allowedBytes = 8
    /// What the heap of a process may grow by, whatever it does, in bytes.
    private static let noise = 4096

    static let leaks = CallCheck(
        name: "leaks",
        subject: "many calls leave no memory, descriptors or threads behind",
        onCrash: "The plugin does not live through many calls; run them with -fsanitize=address.",
        run: { stand throws(CheckStand.NotServing) in
            try stand.serving { probe in
                let calls = quickCalls(stand, probe)
                guard !calls.isEmpty else { return [] }
                let begin = ContinuousClock.now
                stand.mark("\(stand.settings.leakCalls) calls")
                // A slow plugin gets fewer calls, but as many in each part.
                var part = 16
                repeat {
                    part = min(part * 2, max(100, stand.settings.leakCalls) / 4)
                    for index in 0..<part {
                        _ = probe.perform(calls[index % calls.count].request, within: stand.settings.patience)
                    }
                } while part < stand.settings.leakCalls / 4 && ContinuousClock.now - begin < stand.settings.budget / 12
                // On a busy machine a heap grows for a while by itself; a leak never ends.
                for _ in 0..<2 where growth(over(part, calls, probe, stand), calls: part).isEmpty {
                    return []
                }
                return growth(over(part, calls, probe, stand), calls: part)
            }
        }
    )

    /// Calls that end in a moment, so that thousands of them can be made.
    private static func quickCalls(_ stand: CheckStand, _ probe: Probe) -> [CheckStand.ToolCall] {
        stand.manifest.tools.compactMap { tool in
            guard let arguments = stand.samples(of: tool).valid.first else { return nil }
            let call = CheckStand.ToolCall(tool, arguments)
            // The first call may have to prepare something.
            for _ in 0..<3 {
                let begin = ContinuousClock.now
                let (result, _) = stand.answer(probe, call.request, call.place)
                guard result.isCompleted else { return nil }
                if ContinuousClock.now - begin < .milliseconds(100) { return call }
            }
            return nil
        }
    }

    /// What the process uses before, between and after three parts of so many calls each.
    private static func over(
        _ part: Int,
        _ calls: [CheckStand.ToolCall],
        _ probe: Probe,
        _ stand: CheckStand
    ) -> [Resources] {
        var marks = [Resources()]
        for _ in 0..<3 {
            for index in 0..<part {
                _ = probe.perform(calls[index % calls.count].request, within: stand.settings.patience)
            }
            marks.append(Resources())
        }
        return marks
    }

    private static func growth(_ marks: [Resources], calls: Int) -> [Finding] {
        let steps = zip(marks, marks.dropFirst())
        // A cache that fills up grows once; a leak grows by the same each time.
        let heap = steps.map { Int($1.heap) - Int($0.heap) }.min() ?? 0
        let descriptors = steps.map { $1.descriptors - $0.descriptors }.min() ?? 0
        let threads = steps.map { $1.threads - $0.threads }.min() ?? 0
        var findings: [Finding] = []
        if heap > max(calls * allowedBytes, noise) {
            findings.append(
                Finding(
                    "memory",
                    "The heap grows by about \(heap / calls) bytes with each call.",
                    remedy: "Free what submit copied once the call is completed; -fsanitize=leak names the place."
                )
            )
        }
        if descriptors > 0 {
            findings.append(
                Finding(
                    "descriptors",
                    "\(descriptors) descriptors stay open after \(calls) calls.",
                    remedy: "Close what is opened; better, reach data through the host's services."
                )
            )
        }
        if threads > 0 {
            findings.append(
                Finding(
                    "threads",
                    "\(threads) threads stay after \(calls) calls.",
                    remedy: "Let a call's thread end, and detach or join it."
                )
            )
        }
        return findings
    }
}

/// What the process uses now.
private struct Resources {
    let heap = beam_fake_heap_bytes()
    let descriptors = count("/proc/self/fd")
    let threads = count("/proc/self/task")

    private static func count(_ folder: String) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0
    }
}
